using System.Text;
using FaLW.Figures;

namespace FaLW.Plots;

/// <summary>The report as Markdown, with the figures beside it.</summary>
internal static class MarkdownPage
{
    public static string Of(ReportContent content)
    {
        var text = new StringBuilder($"# {content.Title}\n\n");
        if (content.Question.Length > 0) text.Append(content.Question).Append("\n\n");
        text.Append("Setting: ").Append(content.Setting).Append(".\n\n");
        List(text, content.Findings);
        text.Append("## Results\n\n").Append(content.Tables[0].Table.ToMarkdown()).Append('\n');
        foreach (var metric in content.Meanings) text.Append("- **").Append(metric.Name).Append("**: ").Append(metric.Meaning).Append('\n');
        foreach (var (_, heading, table) in content.Tables.Skip(1)) text.Append("\n## ").Append(heading).Append("\n\n").Append(table.ToMarkdown());
        text.Append("\n## Figures\n\n");
        foreach (var plate in content.Plates) text.Append($"![{plate.Figure.Title}](figures/{plate.Name}.png)\n\n{plate.Caption}\n\n");
        text.Append("## Before you quote a number\n\n");
        List(text, content.Notes);
        text.Append("## Settings\n\n").Append(content.SharedSettings.ToMarkdown()).Append('\n').Append(content.MethodSettings.ToMarkdown());
        return text.Append("\n## Provenance\n\n").Append(content.Provenance.ToMarkdown()).ToString();
    }

    private static void List(StringBuilder text, IReadOnlyList<string> sentences)
    {
        foreach (var sentence in sentences) text.Append("- ").Append(sentence).Append('\n');
        if (sentences.Count > 0) text.Append('\n');
    }
}
