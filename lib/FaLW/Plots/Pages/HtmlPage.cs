using System.Globalization;
using System.Text;
using FaLW.Figures;

namespace FaLW.Plots;

/// <summary>The report as one page that needs nothing else: style, script, tables and drawings are inside it.</summary>
internal static class HtmlPage
{
    public static string Of(ReportContent content)
    {
        var page = new StringBuilder("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        page.Append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n");
        page.Append("<title>").Append(Safe(content.Title)).Append("</title>\n<style>\n").Append(Resources.Text("report.css")).Append("</style>\n</head>\n<body>\n<main>\n");
        Head(page, content);
        Results(page, content);
        foreach (var (plate, number) in content.Plates.Select((p, i) => (p, i + 1))) Figure(page, plate, number);
        Section(page, "Before you quote a number", () => List(page, content.Notes));
        Section(page, "Settings", () => page.Append("<div class=\"scroll\">\n").Append(content.MethodSettings.ToHtml()).Append("</div>\n<details>\n<summary>Settings shared by all runs</summary>\n")
            .Append((content.SharedSettings with { Title = "" }).ToHtml()).Append("</details>\n"));
        Section(page, "Provenance", () => page.Append("<details>\n<summary>Where every number was computed</summary>\n<div class=\"scroll\">\n")
            .Append(content.Provenance.ToHtml()).Append("</div>\n</details>\n"));
        return page.Append("</main>\n<script>\n").Append(Resources.Text("report.js")).Append("</script>\n</body>\n</html>\n").ToString();
    }

    private static void Head(StringBuilder page, ReportContent content)
    {
        page.Append("<header>\n<h1>").Append(Safe(content.Title)).Append("</h1>\n");
        if (content.Question.Length > 0) page.Append("<p class=\"question\">").Append(Safe(content.Question)).Append("</p>\n");
        page.Append("<p class=\"setting\">").Append(Safe(content.Setting)).Append("</p>\n</header>\n");
        if (content.Findings.Count == 0) return;
        page.Append("<section class=\"findings\">\n");
        List(page, content.Findings);
        page.Append("</section>\n");
    }

    private static void Results(StringBuilder page, ReportContent content)
    {
        Section(page, "Results", () =>
        {
            page.Append("<div class=\"scroll\">\n").Append(content.Tables[0].Table.ToHtml()).Append("</div>\n<dl>\n");
            foreach (var (name, meaning) in content.Meanings)
                page.Append("<div><dt>").Append(Safe(name)).Append("</dt><dd>").Append(Safe(meaning)).Append("</dd></div>\n");
            page.Append("</dl>\n");
        });
        foreach (var (_, heading, table) in content.Tables.Skip(1))
            Section(page, heading, () => page.Append("<div class=\"scroll\">\n").Append(table.ToHtml()).Append("</div>\n"));
    }

    private static void Figure(StringBuilder page, Plate plate, int number)
    {
        page.Append("<figure>\n");
        if (plate.AsPixels)
            page.Append($"<img class=\"card\" alt=\"{Safe(plate.Figure.Summary)}\" src=\"data:image/png;base64,").Append(Convert.ToBase64String(plate.Png)).Append("\">\n");
        else page.Append(plate.Svg);
        page.Append(CultureInfo.InvariantCulture, $"<figcaption><b>Figure {number}.</b> ").Append(Safe(plate.Caption)).Append("</figcaption>\n</figure>\n");
    }

    private static void Section(StringBuilder page, string heading, Action body)
    {
        page.Append("<section>\n<h2>").Append(Safe(heading)).Append("</h2>\n");
        body();
        page.Append("</section>\n");
    }

    private static void List(StringBuilder page, IReadOnlyList<string> sentences)
    {
        page.Append("<ul>\n");
        foreach (var sentence in sentences) page.Append("<li>").Append(Safe(sentence)).Append("</li>\n");
        page.Append("</ul>\n");
    }

    private static string Safe(string text) => SvgText.Escaped(text);
}
