package io.holdfast.frontier.report.document;

/** The page's style sheet: readable in light, in dark and on paper. */
final class PageStyle {

  static final String CSS =
      """
      :root{color-scheme:light dark;--ink:#1c2126;--soft:#4b545c;--paper:#fff;--panel:#f4f6f8;--rule:#d9dee3;--accent:#0069a8}
      @media(prefers-color-scheme:dark){:root{--ink:#e6e9ec;--soft:#a9b2ba;--paper:#161a1e;--panel:#1f252b;--rule:#39424b;--accent:#5ab4f0}}
      *{box-sizing:border-box}
      body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.55 system-ui,sans-serif}
      main{max-width:70rem;margin:0 auto;padding:2.5rem 1.25rem 5rem}
      h1{font-size:2.1rem;line-height:1.2;margin:.1rem 0 .6rem}
      h2{font-size:1.35rem;margin:2.8rem 0 .8rem;padding-top:.9rem;border-top:1px solid var(--rule)}
      h3{font-size:1.05rem;margin:1.4rem 0 .4rem}
      .kicker{margin:0;color:var(--accent);font-weight:600;letter-spacing:.02em}
      .question{font-size:1.15rem;max-width:48rem;margin:.2rem 0 .6rem}
      .meta{color:var(--soft);font-size:.9rem;overflow-wrap:anywhere}
      .answer,.failure{background:var(--panel);border-left:4px solid var(--accent);padding:.2rem 1.4rem 1rem;margin-top:1.6rem;border-radius:0 6px 6px 0}
      .failure{border-color:#c8500a}
      .answer h2,.failure h2{border:0;padding:0;margin:1rem 0 .4rem}
      .answer p{margin:.5rem 0}
      .answer p:first-of-type{font-size:1.1rem}
      p,li,dd,figcaption{max-width:56rem}
      figure{max-width:54rem}
      figure.wide{max-width:none}
      nav{display:flex;flex-wrap:wrap;gap:.2rem 1.1rem;margin:1.2rem 0 0;font-size:.92rem}
      a{color:var(--accent)}
      td:first-child{white-space:nowrap}
      li{margin:.3rem 0}
      figure{margin:1.4rem 0 2.2rem}
      figure svg{width:100%;height:auto;display:block;border:1px solid var(--rule);border-radius:6px}
      figcaption{color:var(--soft);font-size:.92rem;margin-top:.5rem}
      .scroll{overflow-x:auto;margin:1.2rem 0}
      table{border-collapse:collapse;font-size:.86rem;font-variant-numeric:tabular-nums;min-width:100%}
      caption{text-align:left;color:var(--soft);padding:.3rem 0 .5rem;font-size:.92rem}
      th,td{padding:.32rem .6rem;border-bottom:1px solid var(--rule);vertical-align:top;text-align:left}
      th{font-weight:600;white-space:nowrap}
      .n{text-align:right;white-space:nowrap}
      .c{font-family:ui-monospace,monospace;font-size:.78rem;overflow-wrap:anywhere}
      td.c{min-width:9rem}
      td.c:first-child{min-width:14rem;white-space:normal}
      dl{display:grid;grid-template-columns:max-content 1fr;gap:.35rem 1rem;margin:.4rem 0}
      dt{font-weight:600}dd{margin:0}
      pre{background:var(--panel);padding:.9rem 1.1rem;border-radius:6px;overflow-x:auto;font-size:.86rem;line-height:1.45}
      summary{cursor:pointer;padding:.3rem 0}
      @media print{main{max-width:none;padding:0}.scroll{overflow:visible}table{font-size:.62rem}th,td{padding:.15rem .3rem}th,.n{white-space:normal}figure{break-inside:avoid}}
      """;

  private PageStyle() {}
}
