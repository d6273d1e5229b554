"""A small glossary of what ideas at work are about, in our three languages, so that one matter is known in each.

One line a concept: its code, then English | Vietnamese | Chinese, several words of a language parted by commas. It is
short on purpose: what is not in it is not known across languages.
"""

from functools import lru_cache

_LINES = """
gate: gate,entrance | cổng,lối vào | 大门,门口,入口
door: door | cửa ra vào,cánh cửa | 房门
window: window | cửa sổ | 窗户
light: light,lamp,lighting,bulb | đèn,ánh sáng,chiếu sáng | 灯,照明,灯光
dark: dark,dim | tối | 暗,黑
noise: noise,noisy,loud | ồn,tiếng ồn | 噪音,噪声
heat: heat,hot | nóng,nhiệt | 高温
cold: cold | lạnh | 冷
fan: fan,ventilation | quạt,thông gió | 风扇,通风
aircon: air conditioning,air conditioner,aircon | điều hòa,máy lạnh | 空调
water: water,drinking water | nước uống,nước | 饮水
canteen: canteen,cafeteria,lunch,meal,food | nhà ăn,căng tin,bữa trưa,bữa ăn,cơm | 食堂,餐厅,午餐,午饭,伙食
vegetarian: vegetarian,vegan | chay,món chay | 素食
toilet: toilet,restroom,washroom | nhà vệ sinh,toilet | 厕所,洗手间,卫生间
locker: locker,changing room | tủ đồ,tủ cá nhân,phòng thay đồ | 储物柜,更衣室
parking: parking,car park | bãi đỗ xe,bãi xe,đỗ xe,gửi xe | 停车,停车场
bike: bicycle,bike,cycling | xe đạp | 自行车,单车
motorbike: motorbike,motorcycle,scooter | xe máy | 摩托车,电动车
bus: bus,shuttle | xe buýt,xe đưa đón,xe tuyến | 班车,公交,巴士
roof: roof,shelter,canopy | mái che,mái nhà | 屋顶,雨棚,遮雨
rain: rain | mưa | 雨,下雨
floor: floor,slippery | sàn,trơn | 地面,地板
stairs: stairs,staircase,steps | cầu thang | 楼梯
lift: lift,elevator | thang máy | 电梯
forklift: forklift,fork lift | xe nâng | 叉车
lorry: lorry,truck | xe tải | 卡车,货车
pallet: pallet | kệ hàng,pallet | 托盘
warehouse: warehouse,store room,storage | kho,nhà kho | 仓库,库房
shelf: shelf,shelves,rack | kệ,giá để | 货架,架子
box: box,boxes,carton,cardboard | thùng,hộp giấy,thùng carton,bìa | 纸箱,箱子,盒子
packaging: packaging,package,wrapping | bao bì,đóng gói | 包装
plastic: plastic | nhựa,ni lông | 塑料
paper: paper | giấy | 纸张
waste: waste,rubbish,garbage,trash,recycling | rác,rác thải,phế liệu,tái chế | 垃圾,废料,回收
energy: energy,electricity,power | điện,năng lượng | 能源,用电
solar: solar | mặt trời,pin mặt trời | 太阳能
machine: machine,equipment | máy móc,thiết bị,máy | 机器,设备
tool: tool | dụng cụ | 工具
maintenance: maintenance,repair | bảo trì,bảo dưỡng,sửa chữa,sửa | 维修,保养,维护
breakdown: breakdown,broken,failure | hỏng,hư | 故障,坏了,损坏
line: production line,assembly line,line | dây chuyền,chuyền | 生产线,流水线,产线
quality: quality,defect | chất lượng,lỗi sản phẩm | 质量,品质,缺陷
scrap: scrap,reject | phế phẩm | 废品,次品
label: label,sticker | nhãn,tem | 标签
barcode: barcode,qr code,scanner,scan | mã vạch,mã qr,quét | 条码,二维码,扫码,扫描
printer: printer,print,printing | máy in,in ấn | 打印机,打印
computer: computer,laptop,pc | máy tính | 电脑,计算机
software: software,app,system | phần mềm,ứng dụng,hệ thống | 软件,应用,系统
wifi: wifi,wi fi,internet,network | wifi,mạng | 网络,无线网,wifi
phone: phone,mobile,smartphone | điện thoại | 手机,电话
password: password,login,sign in | mật khẩu,đăng nhập | 密码,登录
screen: screen,monitor,display | màn hình | 屏幕,显示器,显示屏
form: form,paperwork | biểu mẫu,giấy tờ | 表格,单据
signature: signature,approval,approve | chữ ký,phê duyệt,ký duyệt | 签字,审批,批准
meeting: meeting | cuộc họp,họp | 会议,开会
email: email,mail,mailbox | email,thư điện tử | 邮件,邮箱
training: training,course | đào tạo,khóa học,huấn luyện | 培训,课程
language: language,english | ngôn ngữ,tiếng anh | 语言,英语
newcomer: new employee,newcomer,new hire,onboarding | nhân viên mới,người mới | 新员工,新人
shift: shift,night shift,roster,rota | ca làm,ca đêm,ca | 班次,夜班,轮班,排班
overtime: overtime | tăng ca,làm thêm | 加班
break: break,pause,rest | nghỉ giải lao,giờ nghỉ,nghỉ giữa ca | 休息,工间
leave: leave,holiday,vacation,day off | nghỉ phép,ngày nghỉ | 请假,休假,年假
hours: working hours,flexible,flexitime | giờ làm,linh hoạt | 工作时间,弹性
home: home office,work from home,remote | làm việc từ xa,làm ở nhà | 居家办公,远程
salary: salary,wage,pay,payslip | lương,tiền lương,phiếu lương | 工资,薪水,工资条
bonus: bonus,reward | thưởng,tiền thưởng | 奖金,奖励
insurance: insurance | bảo hiểm | 保险
health: health,doctor,clinic,check up | sức khỏe,khám bệnh,bác sĩ | 健康,体检,医生
childcare: child care,childcare,nursery,kindergarten | nhà trẻ,giữ trẻ,mẫu giáo | 托儿,幼儿园,托管
sport: sport,gym,fitness | thể thao,phòng tập | 运动,健身
safety: safety,accident,danger,dangerous | an toàn,tai nạn,nguy hiểm | 安全,事故,危险
helmet: helmet,hard hat | mũ bảo hộ,mũ bảo hiểm | 安全帽,头盔
gloves: glove,gloves | găng tay | 手套
shoes: shoes,boots | giày | 鞋
goggles: goggles,glasses,eye protection | kính bảo hộ,kính | 护目镜,眼镜
mask: mask,dust | khẩu trang,bụi | 口罩,粉尘,灰尘
ear: ear plugs,earplugs,hearing protection | nút tai | 耳塞
fire: fire,extinguisher,fire drill | cháy,bình chữa cháy,chữa cháy | 火灾,灭火器,消防
exit: emergency exit,escape route | lối thoát hiểm,thoát hiểm | 安全出口,逃生
firstaid: first aid | sơ cứu,sơ cấp cứu | 急救
uniform: uniform,work clothes | đồng phục,quần áo bảo hộ | 工作服,制服
cleaning: cleaning,clean,dirty | vệ sinh,dọn dẹp,bẩn | 清洁,打扫
smell: smell,smoke,smoking | mùi,hút thuốc,khói | 气味,异味,吸烟,抽烟
chemical: chemical,solvent | hóa chất,dung môi | 化学品,溶剂
leak: leak,leaking | rò rỉ,chảy | 泄漏
temperature: temperature | nhiệt độ | 温度
customer: customer,client | khách hàng,khách | 客户,顾客
complaint: complaint | khiếu nại,phàn nàn | 投诉
supplier: supplier,vendor | nhà cung cấp | 供应商
delivery: delivery,shipping,shipment,transport | giao hàng,vận chuyển | 送货,发货,运输,物流
order: order,ordering | đặt hàng,đơn hàng | 订单,订货,下单
price: price,discount | giá,giảm giá | 价格,折扣,打折
shop: shop,staff shop,store | cửa hàng | 商店,内购
invoice: invoice,bill | hóa đơn | 发票,账单
stock: stock,inventory | tồn kho,hàng tồn | 库存
waiting: waiting,queue,wait | chờ,xếp hàng | 等待,排队
time: save time,faster,slow | tiết kiệm thời gian,nhanh hơn,chậm | 节省时间,更快
cost: cost,expensive,save money | chi phí,tốn kém,tiết kiệm chi phí | 成本,费用,昂贵
map: map,sign,signpost,signage | bản đồ,biển báo,biển chỉ dẫn | 地图,指示牌,标识
camera: camera | camera | 摄像头,监控
key: key,badge,access card | chìa khóa,thẻ ra vào,thẻ | 钥匙,门禁,工卡
chair: chair,seat,desk,ergonomic | ghế,bàn làm việc | 椅子,座椅,办公桌
tree: tree,garden,plants | cây,vườn | 花园,绿化
coffee: coffee,tea,vending machine | cà phê,máy bán hàng | 咖啡,自动售货机
library: library,book,books | thư viện,sách | 图书
birthday: birthday,party,team event | sinh nhật,tiệc,team building | 生日,聚会,团建
handover: handover,shift handover | bàn giao,giao ca | 交接,交班
checklist: checklist,instruction,work instruction | danh mục kiểm tra,hướng dẫn | 检查表,作业指导,说明书
suggestion: suggestion box | hộp thư góp ý | 意见箱
feedback: feedback | phản hồi | 反馈
"""


@lru_cache(maxsize=1)
def words_of_concepts() -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    """Return word → concept of each language: English and Vietnamese by their words, Chinese by characters."""
    languages: tuple[dict[str, str], dict[str, str], dict[str, str]] = ({}, {}, {})
    for line in _LINES.strip().splitlines():
        code, _colon, rest = line.partition(":")
        for known, words in zip(languages, rest.split("|"), strict=True):
            known.update({word.strip(): code for word in words.split(",")})
    return languages
