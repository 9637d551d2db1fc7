"""The look of the morning page: light and dark, wide and narrow."""

STYLE = """
:root{color-scheme:light dark;--ink:#1c2126;--soft:#5b6670;--paper:#fbfaf7;--card:#fff;--rule:#ddd9d0;--code:#f1eee7;
--pass:#1d7a46;--warn:#9a6200;--hold:#b3261e;--line:#44607f;--band:#dfe7dc}
@media(prefers-color-scheme:dark){:root{--ink:#e6e4df;--soft:#a3a9af;--paper:#16181b;--card:#1f2226;--rule:#363a40;
--code:#2a2e33;--pass:#5cc58a;--warn:#e6b04a;--hold:#ff8a80;--line:#9db8d6;--band:#2b3a31}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:64rem;padding:1rem 1.1rem 3rem;background:var(--paper);color:var(--ink);
font:1rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;overflow-wrap:anywhere}
h1{font-size:1.45rem;line-height:1.3;margin:0}h2{font-size:1.12rem;margin:0 0 .6rem}
h2 .en,h3 .en{font-weight:400}h3{font-size:.95rem;margin:1rem 0 .4rem}
small,small .en{font-size:.82rem}.top ul{margin:.6rem 0 0;font-size:.95rem}
.en{color:var(--soft);font-size:.9em}
.top{border-left:.5rem solid;border-radius:.4rem;background:var(--card);padding:1rem 1.1rem;margin:.3rem 0 1.2rem}
.top.pass{border-color:var(--pass)}.top.warn{border-color:var(--warn)}.top.hold{border-color:var(--hold)}
.top h1 .en{display:block;font-size:1.05rem;font-weight:400}.top p{margin:.5rem 0 0;color:var(--soft);font-size:.92rem}
.pass .word{color:var(--pass)}.warn .word{color:var(--warn)}.hold .word{color:var(--hold)}
section{background:var(--card);border:1px solid var(--rule);border-radius:.4rem;padding:.9rem 1.1rem;margin:0 0 1rem}
.tiles{display:grid;grid-template-columns:repeat(auto-fill,minmax(8.5rem,1fr));gap:.6rem 1rem;margin:0}
.tiles div{display:flex;flex-direction:column}
.tiles dt{order:2;font-size:.86rem;line-height:1.3}
.tiles dd{margin:0;font-size:1.35rem;font-variant-numeric:tabular-nums}
.tiles .en{display:block}.tiles.small dd{font-size:1.1rem}
ol.next{margin:0;padding-left:1.3rem}ol.next li{margin:.35rem 0}
code{background:var(--code);border-radius:.25rem;padding:.1rem .35rem;font-size:.9em}
pre{background:var(--code);border-radius:.3rem;padding:.55rem .7rem;margin:.35rem 0;overflow-x:auto;font-size:.88rem}
pre code{background:none;padding:0}
details{border-top:1px solid var(--rule);padding:.45rem 0}details:first-of-type{border-top:0}
summary{cursor:pointer}summary:focus-visible{outline:2px solid var(--line)}
ul{margin:.4rem 0;padding-left:1.2rem}li{margin:.15rem 0}li.more,.note{color:var(--soft)}
.cure{margin:.35rem 0 .2rem}.message{display:block;color:var(--soft);font-size:.88rem}
.badge{display:inline-block;border:1px solid currentColor;border-radius:1rem;padding:0 .55rem;font-size:.8rem;
font-weight:600;white-space:nowrap}.badge.pass{color:var(--pass)}.badge.warn{color:var(--warn)}
.badge.hold{color:var(--hold)}
.scroll{overflow-x:auto}table{border-collapse:collapse;width:100%;font-size:.93rem}
th,td{text-align:left;padding:.4rem .7rem .4rem 0;border-top:1px solid var(--rule);vertical-align:top}
thead th{border-top:0;font-weight:600;font-size:.85rem}td.n,th.n{text-align:right;white-space:nowrap;
font-variant-numeric:tabular-nums}td .en{display:block}td small .en{display:inline}
.curve{width:10rem;height:2.5rem;display:block}.line{fill:none;stroke:var(--line);stroke-width:1.5;
stroke-linejoin:round}.band{fill:var(--band)}.dot.pass{fill:var(--pass)}.dot.warn{fill:var(--warn)}
.dot.hold{fill:var(--hold)}
dl.facts{display:grid;grid-template-columns:max-content 1fr;gap:.15rem 1rem;margin:0;font-size:.9rem}
dl.facts dt{color:var(--soft)}dl.facts dd{margin:0}
@media(max-width:40rem){body{padding:.6rem .6rem 2rem}section,.top{padding:.75rem .8rem}
h1{font-size:1.25rem}dl.facts{grid-template-columns:1fr}dl.facts dd{margin-bottom:.4rem}
table.stack thead{display:none}table.stack tr{display:grid;grid-template-columns:1fr auto;gap:.1rem .8rem;
border-top:1px solid var(--rule);padding:.5rem 0}table.stack td{border:0;padding:0}
table.stack td.wide{grid-column:1/-1}table.stack td[data-name]::before{content:attr(data-name) " ";color:var(--soft)}
table.stack td.n{text-align:left}}
"""
