"""The addresses of billing."""

from django.urls import path

from kith.billing.bills import desk, views
from kith.billing.payroll import desk as payroll
from kith.billing.processes import desk as processes
from kith.billing.testgateway import views as gateway

urlpatterns = [
    path("bills/", views.bills, name="bills"),
    path("bills/<uuid:public_id>/", views.bill, name="bill"),
    path("bills/<uuid:public_id>.pdf", views.pdf, name="bill-pdf"),
    path("bills/<uuid:public_id>/pay/", views.pay, name="bill-pay"),
    path("bills/pay/<str:token>/", views.pay_by_link, name="pay-bill"),
    path("bills/pay/<str:token>/bill.pdf", views.pdf_by_link, name="pay-bill-pdf"),
    path("pay/test/<uuid:public_id>/", gateway.gateway, name="test-gateway"),
    path("webhooks/payments/test/", gateway.webhook, name="test-gateway-webhook"),
    path("desk/bills/", desk.bills, name="desk-bills"),
    path("desk/bills/<uuid:public_id>/", desk.bill, name="desk-bill"),
    path("desk/bills/<uuid:public_id>.pdf", desk.pdf, name="desk-bill-pdf"),
    path("desk/bills/<uuid:public_id>/link/", desk.link, name="desk-bill-link"),
    path("desk/payroll-deductions/", payroll.deductions, name="payroll-deductions"),
    path("desk/payroll-deductions.csv", payroll.deductions_csv, name="payroll-deductions-csv"),
    path("admin/payment-processes/", processes.listing, name="payment-processes"),
    path("admin/payment-processes/<slug:code>/", processes.process, name="payment-process"),
]
