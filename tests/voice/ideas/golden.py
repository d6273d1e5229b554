"""Ideas about the same matter in two languages, made up for this test: how many are found says how far it reaches.

Each line: the title somebody handed in, its text, and what another person is about to write in another language. They
were made up after the glossary and by the same hand, so among real ideas fewer will be found; but none was changed or
left out after the first count (15 of 24), and the last four are about matters that the glossary does not know.
"""

PAIRS: list[tuple[str, str, str]] = [
    ("The light in the bike shed is broken", "In the evening nobody sees the lock.", "Đèn ở chỗ để xe đạp bị hỏng"),
    ("Vegetarian meals in the canteen", "At least twice a week.", "Nhà ăn nên có món chay"),
    ("Cổng 2 quá hẹp cho xe tải", "Xe thường xuyên bị trầy xước.", "Gate 2 is too narrow for trucks"),
    ("仓库的货架太高", "拿最上面的箱子很危险。", "The shelves in the warehouse are too high"),
    ("Air conditioning in line 4 blows on our necks", "We catch colds.", "4号生产线的空调直接吹人"),
    ("More parking for motorbikes", "Half of us come by motorbike.", "Cần thêm bãi đỗ xe máy"),
    (
        "Đổi lịch ca đêm sớm hơn một tuần",
        "Để chúng tôi sắp xếp việc nhà.",
        "Publish the night shift roster a week earlier",
    ),
    ("The printer PR-204 jams every day", "It takes half an hour.", "Máy in PR-204 hay bị kẹt giấy"),
    ("扫码枪太慢", "每箱要扫三次。", "The barcode scanner is too slow"),
    ("Gloves in size S", "All gloves are too big for women.", "工厂里没有小号手套"),
    ("A shuttle bus from the station", "Many come by train.", "从车站到工厂开班车"),
    ("Slippery floor near the entrance when it rains", "Put a mat there.", "下雨时入口的地面很滑"),
    ("Giảm ly nhựa ở máy nước", "Mỗi ngày vứt hàng trăm ly.", "Stop using plastic cups at the water machine"),
    ("Payslips on the phone", "Paper gets lost.", "Xem phiếu lương trên điện thoại"),
    ("Ear plugs at the entrance of hall B", "Visitors never have any.", "Đặt nút tai ở lối vào xưởng B"),
    ("A nursery near the plant", "Parents would miss fewer shifts.", "工厂附近开一个幼儿园"),
    ("Handover notes between shifts on a screen", "So nothing is forgotten.", "交接班的内容显示在屏幕上"),
    ("Fire extinguishers behind the boxes", "Nobody reaches them.", "Bình chữa cháy bị thùng hàng che khuất"),
    ("Reuse the cartons of our suppliers", "We throw 300 away each day.", "Tái sử dụng thùng carton của nhà cung cấp"),
    ("English course for the team leaders", "To speak with customers.", "Mở khóa học tiếng Anh cho tổ trưởng"),
    ("会议太多", "每周少开一次。", "Too many meetings"),
    ("A quiet room", "To make calls in peace.", "Cần một phòng yên tĩnh"),
    ("Let us choose our own mouse", "Wrists hurt.", "Cho chúng tôi tự chọn chuột máy tính"),
    ("Flowers at reception", "It looks cold.", "前台放一些花"),
]
