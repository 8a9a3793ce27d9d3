using System.Text;
using FaLW.Figures;

namespace FaLW.Plots;

/// <summary>The report as one page that needs nothing else, since style, script, tables and pictures are inside it; and as Markdown with the figures beside it.</summary>
internal static class ReportPage
{
    public static string Html(ReportContent content) => $"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>{Safe(content.Title)}</title>
        <style>
        {Resources.Text("report.css")}</style>
        </head>
        <body>
        <main>
        <header>
        <h1>{Safe(content.Title)}</h1>
        {(content.Question.Length > 0 ? $"<p class=\"question\">{Safe(content.Question)}</p>\n" : "")}<p class="setting">{Safe(content.Setting)}</p>
        </header>
        {(content.Findings.Count > 0 ? $"<section class=\"findings\">\n{List(content.Findings)}</section>\n" : "")}{Tables(content)}{string.Concat(content.Plates.Select(Figure))}{Section("Before you quote a number", List(content.Notes))}{Settings(content)}</main>
        <script>
        {Resources.Text("report.js")}</script>
        </body>
        </html>

        """.ReplaceLineEndings("\n");

    public static string Markdown(ReportContent content)
    {
        var text = new StringBuilder($"# {content.Title}\n\n");
        if (content.Question.Length > 0) text.Append(content.Question).Append("\n\n");
        text.Append($"Setting: {content.Setting}.\n\n").Append(Lines(content.Findings));
        text.Append("## Results\n\n").Append(content.Tables[0].Table.ToMarkdown()).Append('\n');
        foreach (var (name, meaning) in content.Meanings) text.Append($"- **{name}**: {meaning}\n");
        foreach (var (_, heading, table) in content.Tables.Skip(1)) text.Append($"\n## {heading}\n\n").Append(table.ToMarkdown());
        text.Append("\n## Figures\n\n");
        foreach (var plate in content.Plates) text.Append($"![{plate.Figure.Title}](figures/{plate.Name}.png)\n\n{plate.Caption}\n\n");
        text.Append("## Before you quote a number\n\n").Append(Lines(content.Notes));
        if (content.SharedSettings is { } shared && content.MethodSettings is { } own) text.Append("## Settings\n\n").Append(shared.ToMarkdown()).Append('\n').Append(own.ToMarkdown());
        if (content.Provenance is { } provenance) text.Append("\n## Provenance\n\n").Append(provenance.ToMarkdown());
        return text.ToString();
    }

    private static string Tables(ReportContent content)
    {
        var meanings = string.Concat(content.Meanings.Select(m => $"<div><dt>{Safe(m.Name)}</dt><dd>{Safe(m.Meaning)}</dd></div>\n"));
        return Section("Results", Wide(content.Tables[0].Table) + (meanings.Length > 0 ? $"<dl>\n{meanings}</dl>\n" : ""))
            + string.Concat(content.Tables.Skip(1).Select(table => Section(table.Heading, Wide(table.Table))));
    }

    private static string Settings(ReportContent content) =>
        (content.SharedSettings is { } shared && content.MethodSettings is { } own
            ? Section("Settings", Wide(own) + $"<details>\n<summary>Settings shared by all runs</summary>\n{(shared with { Title = "" }).ToHtml()}</details>\n") : "")
        + (content.Provenance is { } provenance ? Section("Provenance", $"<details>\n<summary>Where every number was computed</summary>\n{Wide(provenance)}</details>\n") : "");

    // The picture is there without any script; its data lie beside it for readers who want to point at them.
    private static string Figure(Plate plate, int place) => $"""
        <figure>
        <div class="plate"><img alt="{Safe(plate.Figure.Summary)}" src="data:image/png;base64,{Convert.ToBase64String(plate.Png)}"></div>
        <script type="application/json">{PlotlyJson.Of(plate.Figure)}</script>
        <figcaption><b>Figure {Invariant($"{place + 1}")}.</b> {Safe(plate.Caption)}</figcaption>
        </figure>

        """;

    private static string Section(string heading, string body) => $"<section>\n<h2>{Safe(heading)}</h2>\n{body}</section>\n";

    private static string Wide(Table table) => $"<div class=\"scroll\">\n{table.ToHtml()}</div>\n";

    private static string List(IReadOnlyList<string> sentences) => $"<ul>\n{string.Concat(sentences.Select(sentence => $"<li>{Safe(sentence)}</li>\n"))}</ul>\n";

    private static string Lines(IReadOnlyList<string> sentences) => string.Concat(sentences.Select(sentence => $"- {sentence}\n")) + (sentences.Count > 0 ? "\n" : "");

    private static string Safe(string text) => TableForms.Html(text);
}
