"""Odd contents: labels of charsets, and charsets that their labels do not fit."""

import codecs

from tests.runtime.wire.odd_cases import BODY, CHINESE, UTF_8, bare, document, kept, read, told

GBK = document(CHINESE, "gbk", "gbk")
SAYS_GBK = "text/xml; charset=gbk"
LATIN = "text/xml; charset=iso-8859-1"
SHORT = "谢谢"
"""In GBK it is valid UTF-8, with another meaning."""

UTF_16 = document(CHINESE, "utf-16", "utf-16")
MARK = codecs.BOM_UTF8

LABELS = (
    read("an unknown label", "text/xml; charset=unicode", BODY),
    read("two labels in one", "text/xml; charset=utf-8,gbk", BODY),
    read("two labels in one, of GBK", "text/xml; charset=utf-8,gbk", GBK),
    read("a label twice", "text/xml; charset=utf-8; charset=UTF8", BODY),
    read("two labels", "text/xml; charset=utf-8; charset=gbk", GBK),
    read("two headers in one", f"{UTF_8}, {UTF_8}", BODY),
    read("no semicolon", "text/xml charset=utf-8", BODY),
    read("no semicolon, GBK", "text/xml charset=gbk", bare(CHINESE, "gbk")),
    read("double quotes", 'text/xml; charset="gb2312"', bare(CHINESE, "gbk")),
    read("single quotes", "text/xml; charset='gb2312'", bare(CHINESE, "gbk")),
    read("half a quote", 'text/xml; charset="gb2312', bare(CHINESE, "gbk")),
    read("blanks in quotes", 'text/xml ; charset = " gb2312 "', bare(CHINESE, "gbk")),
    read("an empty label", "text/xml; charset=", BODY),
    read("capitals", "TEXT/XML; CHARSET=GB2312", bare(CHINESE, "gbk")),
    read("another spelling", "text/xml; charset=UTF8", BODY),
    read("a codec that is no charset", "text/xml; charset=punycode", BODY),
    read("a codec that gives bytes", "text/xml; charset=zlib", BODY),
    read("a codec that turns letters", "text/xml; charset=rot13", BODY),
    read("a charset of the network's names", "text/xml; charset=idna", BODY),
    read("a label of 10 kB", f"text/xml; charset={'x' * 10_000}", BODY),
    read("no type", None, BODY),
    read("no type, and GBK", None, GBK),
)

LEGACY = (
    read("GBK by its header", SAYS_GBK, bare(CHINESE, "gbk")),
    read("short GBK by its header", SAYS_GBK, bare(SHORT, "gbk"), SHORT),
    read("more than GB 2312", "text/xml", document("镕㐀𠀀", "gb2312", "gb18030"), "镕㐀𠀀"),
    read("GBK that is declared, under UTF-8", UTF_8, GBK),
    read("GBK that is declared, under ASCII", "text/xml; charset=us-ascii", GBK),
    read("the euro of Windows", SAYS_GBK, bare("5E", "gbk").replace(b"E", b"\x80"), "5€"),
    read("Big5", "text/xml; charset=big5", bare("回覆碁", "cp950"), "回覆碁"),
    read("Shift JIS", "text/xml; charset=shift_jis", bare("返信①", "cp932"), "返信①"),
    read("EUC-KR", "text/xml; charset=euc-kr", bare("답장똠", "cp949"), "답장똠"),
    read("KOI8-R", "text/xml; charset=koi8-r", bare("ответ", "koi8-r"), "ответ"),
    read("Windows 1251", "text/xml; charset=windows-1251", bare("«МТС»", "cp1251"), "«МТС»"),
    read("Thai that looks like UTF-8", "text/xml; charset=tis-620", bare("แพง", "cp874"), "แพง"),
    read("Latin-1 by its header", LATIN, bare("café", "latin-1"), "café"),
    read("Latin-1 by its word", "text/xml", document("café", "latin1", "latin-1"), "café"),
    read("Latin-1 by its word, under UTF-8", UTF_8, document("é", "latin1", "latin-1"), "é"),
    told("GBK that the client was told", "gbk", bare(CHINESE, "gbk"), CHINESE),
    told("short GBK that the client was told", "gb2312", document(SHORT, codec="gbk"), SHORT),
    kept("GBK without any label", "text/xml", bare(CHINESE, "gbk")),
    kept("GBK under UTF-8", UTF_8, bare(CHINESE, "gbk")),
    kept("Latin-1 under UTF-8", UTF_8, document("café", codec="latin-1")),
    kept("GBK that is declared, under Latin-1", LATIN, GBK),
    kept(
        "GBK that is declared, under Big5", "text/xml; charset=big5", document("回", "gbk", "gbk")
    ),
)

UNICODE = (
    read("UTF-8 that is declared, under Latin-1", LATIN, BODY),
    read("UTF-8 with an accent, under Latin-1", LATIN, document("café"), "café"),
    read("UTF-8 that is not declared, under Latin-1", LATIN, bare(CHINESE, "utf-8")),
    read("UTF-8 that is declared, under GBK", "text/xml; charset=cp936", BODY),
    read("UTF-8 with an accent, under GBK", SAYS_GBK, document("café"), "café"),
    read("UTF-8 that is not declared, under GBK", SAYS_GBK, bare("回复", "utf-8"), "回复"),
    read("UTF-8 that says GBK, under UTF-8", UTF_8, document("回复", "gbk"), "回复"),
    read("UTF-8 that says UTF-16", "text/xml", document(CHINESE, "utf-16")),
    read("UTF-8 that says UTF-16, under UTF-8", UTF_8, document(CHINESE, "utf-16")),
    read("ASCII under UTF-16", "text/xml; charset=utf-16", document("ok"), "ok"),
    read("ASCII that says two things", LATIN, document("ok", "gbk"), "ok"),
    read("no declaration", "text/xml", bare(CHINESE, "utf-8")),
    read("a declaration in single quotes", "text/xml", GBK.replace(b'"gbk"', b"'GBK'")),
    read("a declaration with blanks", "text/xml", GBK.replace(b'"gbk"', b'" gbk "')),
    read("a declaration of two charsets", UTF_8, document(CHINESE, "utf-8,gbk")),
    read("a blank before the declaration", UTF_8, b"\r\n " + BODY),
    read("a mark of UTF-8", UTF_8, MARK + BODY),
    read("two marks of UTF-8", UTF_8, MARK * 2 + BODY),
    read("a mark of UTF-8 under Latin-1", LATIN, MARK + BODY),
    read("a mark of UTF-8 before GBK", SAYS_GBK, MARK + bare(CHINESE, "gbk")),
    read("UTF-16 with a mark", "text/xml; charset=utf-16", UTF_16),
    read("UTF-16 with a mark under UTF-8", UTF_8, UTF_16),
    read("UTF-16 with a mark under Latin-1", LATIN, UTF_16),
    read("UTF-16 by its header", "text/xml; charset=utf-16", bare(CHINESE, "utf-16-be")),
    read("UTF-16 without any label", "text/xml", bare(CHINESE, "utf-16-le")),
    read("UTF-32 with a mark", "text/xml", document(CHINESE, "utf-32", "utf-32")),
    told("UTF-8, though the client was told GBK", "gbk", BODY, CHINESE),
    told("ASCII, though the client was told UTF-16", "utf-16", document("ok"), "ok"),
    kept("UTF-8 with half a character, under Latin-1", LATIN, BODY.replace(b"\x95|", b"|")),
    kept("the same with a mark", LATIN, MARK + BODY.replace(b"\x95|", b"|")),
    kept("UTF-16 that is cut in a character", "text/xml", UTF_16[:-1]),
    kept("a lone half in UTF-8", UTF_8, document("\ud83d")),
    kept("two halves in UTF-8", UTF_8, document("\ud83d\ude00")),
    kept("a lone half in UTF-16", "text/xml", document("\ud83d", "utf-16", "utf-16")),
)
