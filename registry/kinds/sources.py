"""What the sources of the entries are called in Chinese; standards and Chinese laws need no other name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from registry.text import Text

_JOINT: Final = "; "
# What has no name is called by its sort: a description, a published validator.
_CHINESE: Final[dict[str, str]] = {
    "Ministry of Public Security, measures of 2005 on temporary cards": "公安部《临时居民身份证管理办法》（2005）",
    "Ministry of Public Security": "公安部",
    "the number: common practice": "号码依通行做法",
    "Social Insurance Law, Article 58": "《社会保险法》第五十八条",
    "State Council, 2018": "国务院（2018）",
    "National Immigration Administration": "国家移民管理局",
    "Ministry of Foreign Affairs": "外交部",
    "Hong Kong Immigration Department": "香港入境事务处",
    "Macao identification bureau": "澳门身份证明局",
    "National Health Commission": "国家卫生健康委员会",
    "Ministry of Civil Affairs": "民政部",
    "China Disabled Persons' Federation": "中国残疾人联合会",
    "two published validators": "两份公开的校验程序",
    "no official rule": "没有官方规则",
    "common practice": "通行做法",
    "no standard found": "未见标准",
    "free form": "没有统一格式",
    "Ministry of Veterans Affairs": "退役军人事务部",
    "the number: a document of one service": "号码依一份业务文件",
    "State Taxation Administration": "国家税务总局",
    "merged into the business licence in 2015": "2015 年并入营业执照",
    "People's Bank of China, 人民币银行结算账户管理办法 (2003)": "中国人民银行《人民币银行结算账户管理办法》（2003）",
    "State Taxation Administration (2021)": "国家税务总局（2021）",
    "Ministry of Public Security, GA 482 (form of the licence, not read)": "公安部 GA 482（证件式样，未见原文）",
    "Ministry of Public Security, GA 37 (form of the licence, not read)": "公安部 GA 37（证件式样，未见原文）",
    "one description of the number": "号码依一份说明",
    "GB 16735-2019 for the vehicle's number": "车辆识别代号依 GB 16735-2019",
    "the certificate's own is the maker's": "合格证编号由生产企业自编",
    "Ministry of Transport": "交通运输部",
    "number from common practice": "号码依通行做法",
    "Maritime Safety Administration": "交通运输部海事局",
    "numbers from common practice": "号码依通行做法",
    "Ministry of Education": "教育部",
    "Office of the Academic Degrees Committee of the State Council": "国务院学位委员会办公室",
    "Ministry of Justice": "司法部",
    "National Medical Products Administration": "国家药品监督管理局",
    "Ministry of Housing and Urban-Rural Development": "住房和城乡建设部",
    "Ministry of Finance": "财政部",
    "Ministry of Emergency Management": "应急管理部",
    "Ministry of Culture and Tourism": "文化和旅游部",
    "Ministry of Human Resources and Social Security": "人力资源和社会保障部",
    "National Press and Publication Administration": "国家新闻出版署",
    "GA 241.1-2000 (first part)": "GA 241.1-2000（第一部分）",
    "upgraded by GB 11643-1999": "由 GB 11643-1999 升为 18 位",
    "Social Insurance Law, Article 58, for the social security number": "社会保障号码依《社会保险法》第五十八条",
    "the card's number: from memory": "卡号未见出处",
    "State Council, measures of 2018 on residence permits of HMT residents": "国务院《港澳台居民居住证申领发放办法》（2018）",
    "GB 11643-1999 for the build": "编排依 GB 11643-1999",
    "National Immigration Administration, card of 2023": "国家移民管理局，2023 版证件",
    "GB 11643-1999 for the check character": "校验码依 GB 11643-1999",
    "Ministry of Public Security, cards of 2004 and 2017": "公安部，2004 版、2017 版证件",
    "ICAO Doc 9303 for the check digit (one source)": "校验码依国际民航组织 Doc 9303（仅一处记载）",
    "three published validators agree": "三份公开的校验程序一致",
    "two published validators agree": "两份公开的校验程序一致",
    "one published validator for K and MA": "K、MA 依一份公开的校验程序",
    "KJ, H, HJ, MB: from memory": "KJ、H、HJ、MB 未见出处",
    "National Immigration Administration, notice of December 2018": "国家移民管理局 2018 年 12 月公告",
    "published validators": "公开的校验程序",
    "years from memory": "年份未见出处",
    "Hong Kong and Macao Affairs Office, November 2017": "国务院港澳事务办公室（2017 年 11 月）",
    "four published validators agree": "四份公开的校验程序一致",
    "Ministry of Public Security, rule of 2008-09-25 as the press reported it": "公安部 2008 年 9 月 25 日起的规定（据报道）",
    "a published validator": "一份公开的校验程序",
    "National Health Commission, editions 2 to 7 of the certificate": "国家卫生健康委员会，第二版至第七版证件",
    "letter as year: press report": "字母表示年份：据报道",
    "Ministry of Civil Affairs, rules on marriage registration (as one web page quotes them)": "民政部《婚姻登记工作规范》（据网页转引）",
    "local practice before 2004": "2004 年以前各地做法",
    "China Disabled Persons' Federation, second-generation certificates": "中国残疾人联合会，第二代残疾人证",
    "a document of one service for 22 digits": "22 位号码依一份业务文件",
    "the form with a letter: from memory": "带字母的编号未见出处",
    "GB 32100-2015 with Amendment 1": "GB 32100-2015 及第 1 号修改单",
    "each province numbers its blanks in its own way": "各省自行编号",
    "an issuing system's own rule": "一套发证系统的规则",
    "the length of the serial is partly from common knowledge": "流水号位数部分依常识",
    "organisation code: GB 11714-1997": "组织机构代码依 GB 11714-1997",
    "build of the number: several tax bureaus": "号码编排依几地税务机关的说明",
    "old numbers in words as associations publish them": "文字旧号依社会组织公开的写法",
    "People's Bank of China": "中国人民银行",
    "J as a vendor shows it, L and Z from common knowledge": "J 依一家软件厂商的说明，L、Z 依常识",
    "as a vendor shows it": "依一家软件厂商的说明",
    "common knowledge": "常识",
    "bank codes of the payment system": "支付系统行别代码",
    "ISO/IEC 7812-1 (Luhn)": "ISO/IEC 7812-1（Luhn 校验）",
    "each bank numbers its accounts in its own way": "各银行自行编号",
    "each insurer numbers in its own way": "各保险公司自行编号",
    "each carrier numbers in its own way, most with their Standard Carrier Alpha Code in front": "各承运人自行编号，多以标准承运人代码开头",
    "one published validator that explains each digit": "一份逐位说明的公开校验程序",
    "State Taxation Administration, explanation of fully digitalised invoices (2021)": "国家税务总局关于全面数字化电子发票的说明（2021）",
    "GB/T 17710 (ISO 7064 MOD 11,10), which numbers published by companies obey": "GB/T 17710（ISO 7064 MOD 11,10），企业公开的编号与之相符",
    "numbers on products": "产品上的编号",
    "numbers that companies publish": "企业公开的编号",
    "numbers on licences": "许可证上的编号",
    "each place words them in its own way": "各地写法不同",
    "State Tobacco Monopoly Administration": "国家烟草专卖局",
    "printed on every carton as the last 12 characters": "条烟上打码的后 12 位",
    "provincial rules of 2024 for 9 digits": "9 位数字依 2024 年省级规定",
    "WS 218 for the sorts": "机构分类依 WS 218",
    "CCC: Certification and Accreditation Administration": "强制性产品认证：国家认证认可监督管理委员会",
    "others: each certification body": "其他：各认证机构",
    "Ministry of Natural Resources, numbering of real estate certificates (2015)": "自然资源部，不动产权证书编号规则（2015）",
    "each place worded it in its own way until 2015": "2015 年以前各地写法不同",
    "forms of forestry bureaus": "林业部门的表格",
    "Ministry of Public Security: the number of the holder's identity document": "公安部：与持证人身份证件号码相同",
    "traffic police practice, four agreeing descriptions": "交警部门做法，四份说明一致",
    "traffic police web client (two copies), layout from three descriptions": "交警部门网页程序（两份），编排依三份说明",
    "not tried on a real card": "未用真实证件验证",
    "GA 36-2018 after four programs": "GA 36-2018（据四份程序）",
    "not read itself": "未见原文",
    "two descriptions of the core number": "证芯编号依两份说明",
    "its check character is unknown": "校验码算法不明",
    "one description": "一份说明",
    "three real numbers": "三个真实号码",
    "JT/T 415-2006 (not read)": "JT/T 415-2006（未见原文）",
    "one program for the six and six digits": "前 6 位加后 6 位依一份程序",
    "GB 11643-1999 for the number inside": "其中的身份证号依 GB 11643-1999",
    "no rule was found": "未见规则",
    "one description, whose parts add up to 14 where it says 15": "一份说明（所列各段合计 14 位，而自称 15 位）",
    "free form, each school's own": "没有统一格式，各学校自定",
    "Ministry of Education, electronic registration of diplomas": "教育部学历证书电子注册",
    "four agreeing descriptions": "四份说明一致",
    "free form, each province's and school's own": "没有统一格式，各省、各学校自定",
    "Office of the Academic Degrees Committee": "国务院学位委员会办公室",
    "three agreeing descriptions": "三份说明一致",
    "six agreeing descriptions of the 17 digits, one of the 15 before them": "17 位号码六份说明一致，此前的 15 位依一份说明",
    "two agreeing descriptions": "两份说明一致",
    "Ministry of Justice, 2010": "司法部（2010）",
    "two descriptions of the length, one of the parts": "位数依两份说明，各段含义依一份",
    "three descriptions of its first digits, practice for the old numbers": "开头数字依三份说明，旧号依通行做法",
    "four agreeing descriptions of the length, one of the parts": "位数四份说明一致，各段含义依一份",
    "one description agrees": "一份说明与之相符",
    "Ministry of Housing, rules for registration numbers and seals": "住房和城乡建设部，注册编号与执业印章规则",
    "four agreeing descriptions of 12 digits": "12 位数字四份说明一致",
    "Ministry of Finance, notice of 2013": "财政部 2013 年通知",
    "local numbers before from practice": "此前的地方编号依通行做法",
    "practice": "通行做法",
    "ZWFW C0210-2021 (seen in part) cites GB 11643": "ZWFW C0210-2021（只见部分）引用 GB 11643",
    "TSG Z6001 (old form, two copies of one text)": "TSG Z6001（旧式编号，同一文本两份）",
    "practice for the new": "新式编号依通行做法",
    "two descriptions, of which one has eight digits and cards show four and six": "两份说明；一份写 8 位，证件上见到的是 4 位加 6 位",
    "Ministry of Human Resources": "人力资源和社会保障部",
    "one description, letters from practice": "一份说明，字母依通行做法",
    "GB/T 35273-2020 for its sensitivity": "敏感程度依 GB/T 35273-2020",
    "press report of 2003 for 12 digits, one published number for 14": "12 位依 2003 年报道，14 位依一个公开的号码",
    "W from practice": "W 依通行做法",
}


def in_both_languages(source: str) -> Text:
    """The source of a kind or a rule for readers of either language; a part without Chinese words stays as it is.

    >>> in_both_languages("GB 11643-1999; common practice").zh
    'GB 11643-1999；通行做法'
    """
    return joined([source])


def joined(sources: Iterable[str]) -> Text:
    """Several sources as one text, each of their parts once."""
    parts = tuple(dict.fromkeys(part for source in sources for part in source.split(_JOINT)))
    chinese = dict.fromkeys(_CHINESE.get(part, part) for part in parts)
    return Text("；".join(chinese), _JOINT.join(parts))


def untranslated(source: str) -> tuple[str, ...]:
    """The parts of a source that Chinese readers get in English."""
    return tuple(part for part in source.split(_JOINT) if part not in _CHINESE and re.search(r"[a-z]{3}", part))
