"""Job titles of the demo. An assignment holds one title as its employer writes it: in the language of the place."""

from kith.kernel.texts import Text

_TITLES = (
    Text({"en": "Line operator", "vi": "Công nhân vận hành dây chuyền", "zh-Hans": "产线操作工"}),
    Text({"en": "Filler technician", "vi": "Kỹ thuật viên máy chiết", "zh-Hans": "灌装技师"}),
    Text({"en": "Packer", "vi": "Công nhân đóng gói", "zh-Hans": "包装工"}),
    Text({"en": "Palletizer operator", "vi": "Công nhân xếp pallet", "zh-Hans": "码垛操作工"}),
    Text({"en": "Laboratory technician", "vi": "Kỹ thuật viên phòng thí nghiệm", "zh-Hans": "化验员"}),
    Text({"en": "Quality inspector", "vi": "Nhân viên kiểm tra chất lượng", "zh-Hans": "质检员"}),
    Text({"en": "Driver", "vi": "Tài xế", "zh-Hans": "司机"}),
    Text({"en": "Dispatcher", "vi": "Điều phối viên", "zh-Hans": "调度员"}),
    Text({"en": "Sales associate", "vi": "Nhân viên bán hàng", "zh-Hans": "销售员"}),
    Text({"en": "Account manager", "vi": "Quản lý khách hàng", "zh-Hans": "客户经理"}),
    Text({"en": "Service agent", "vi": "Nhân viên chăm sóc khách hàng", "zh-Hans": "客服专员"}),
    Text({"en": "Accountant", "vi": "Kế toán", "zh-Hans": "会计"}),
    Text({"en": "HR specialist", "vi": "Chuyên viên nhân sự", "zh-Hans": "人事专员"}),
    Text({"en": "Analyst", "vi": "Chuyên viên phân tích", "zh-Hans": "分析员"}),
    Text({"en": "Team lead", "vi": "Trưởng nhóm", "zh-Hans": "组长"}),
    Text({"en": "HR lead", "vi": "Trưởng phòng nhân sự", "zh-Hans": "人事负责人"}),
    Text({"en": "Filling manager", "vi": "Quản lý bộ phận chiết rót", "zh-Hans": "灌装部经理"}),
    Text({"en": "Shift leader", "vi": "Trưởng ca", "zh-Hans": "班组长"}),
    Text({"en": "Plant manager", "vi": "Giám đốc nhà máy", "zh-Hans": "厂长"}),
    Text({"en": "Head of communications", "vi": "Trưởng phòng truyền thông", "zh-Hans": "传播负责人"}),
    Text({"en": "Shop manager", "vi": "Quản lý cửa hàng", "zh-Hans": "门店经理"}),
    Text({"en": "Service lead", "vi": "Trưởng nhóm dịch vụ", "zh-Hans": "客服主管"}),
    Text({"en": "IT lead", "vi": "Trưởng phòng CNTT", "zh-Hans": "信息技术负责人"}),
    Text({"en": "Chief executive", "vi": "Tổng giám đốc", "zh-Hans": "首席执行官"}),
)
_BY_WORDS = {title["en"]: title for title in _TITLES}


def title_in(words: str, *, language: str) -> str:
    """Return the title that `words` name in English, in a language; `KeyError` for one nobody holds."""
    return _BY_WORDS[words].in_language(language)
