"""The frame everyone renders into: templates' environment, components, theme, language, refusals, error pages."""
