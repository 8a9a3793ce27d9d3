using FaLW.Data;
using FaLW.Experiments;
using FaLW.Figures;
using FaLW.Verdicts;

namespace FaLW.Plots;

/// <summary>
/// Writes what a study found for every use: one self-contained page to read and show, Markdown, tables as CSV and LaTeX,
/// figures as SVG and PNG. All of it is a function of the results: equal results, equal bytes.
/// </summary>
public static class Report
{
    /// <summary>Writes the report into a folder, in place of an earlier one.</summary>
    /// <param name="folder">Made when missing.</param>
    /// <param name="results">Results of any number of methods, settings and seeds; several settings, or several of one method, are shown as curves.</param>
    /// <param name="title">The heading.</param>
    /// <param name="question">The question the study asks; may be empty.</param>
    /// <param name="choices">What was chosen beforehand, on which pilot seed, by which rule; may be empty.</param>
    /// <param name="missing">What belongs to the study and is not among the results, a sentence each (<see cref="Missing"/>); null for nothing.</param>
    /// <param name="draws">Training images of each class of a set: the report then begins with random draws of them (the paper's Figure 1a), and there need be no result. Null for none.</param>
    /// <returns>Full paths of the files; the page is the first.</returns>
    /// <exception cref="Fault">There is no result.</exception>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static IReadOnlyList<string> Write(
        string folder, IReadOnlyList<RunResult> results, string title, string question = "", string choices = "", IReadOnlyList<string>? missing = null, IReadOnlyList<int>? draws = null)
    {
        var content = draws is null ? ReportContent.Of(results, title, question, choices) : Figure1Content.Of(draws, results, title, question, choices);
        return Write(folder, content with { Notes = [.. missing ?? [], .. content.Notes] });
    }

    /// <summary>Which experiments of a study are not among its results: one sentence for each method and setting, with the seeds.</summary>
    /// <param name="asked">The experiments of the study, as they run.</param>
    /// <param name="results">What is there.</param>
    public static IReadOnlyList<string> Missing(IReadOnlyList<ExperimentSpec> asked, IReadOnlyList<RunResult> results)
    {
        var there = results.Select(result => result.Key).ToHashSet(StringComparer.Ordinal);
        var leaves = asked.Select(SpecLeaves.Of).ToArray();
        var settings = SpecLeaves.Marks(leaves, name => name.StartsWith("Data.", StringComparison.Ordinal));
        return
        [
            .. from item in asked.Index()
               where !there.Contains(Stage.Unlearned(item.Item).Key)
               group item.Item.Seeds.Unlearning by item.Item.Label + settings[item.Index] into cell
               select FormattableString.Invariant($"Missing: {cell.Key}, seed{(cell.Count() == 1 ? "" : "s")} {string.Join(", ", cell)}."),
        ];
    }

    /// <summary>Writes the report of a job of audits into a folder, in place of an earlier one.</summary>
    /// <param name="folder">Made when missing.</param>
    /// <param name="result">What the job found.</param>
    /// <param name="title">The heading.</param>
    /// <param name="question">The question the study asks; may be empty.</param>
    /// <param name="choices">What was chosen beforehand; may be empty.</param>
    /// <returns>Full paths of the files; the page is the first.</returns>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static IReadOnlyList<string> Write(string folder, AuditResult result, string title, string question = "", string choices = "") =>
        Write(folder, AuditContent.Of(result, title, question, choices));

    /// <summary>Writes the reproduction report into a folder, in place of an earlier one; cells.csv has every row with everything.</summary>
    /// <param name="folder">Made when missing.</param>
    /// <param name="found">Every claim with its verdict.</param>
    /// <returns>Full paths of the files; the page is the first.</returns>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static IReadOnlyList<string> Write(string folder, Reproduction found)
    {
        var written = Write(folder, ReproductionContent.Of(found));
        written.Add(Path.Combine(Path.GetFullPath(folder), "cells.csv"));
        File.WriteAllText(written[^1], ReproductionTable.Cells(found).ToCsv());
        return written;
    }

    private static List<string> Write(string folder, ReportContent content)
    {
        var written = new List<string>();
        var root = Directory.CreateDirectory(folder).FullName;
        Text("report.html", HtmlPage.Of(content));
        Text("report.md", MarkdownPage.Of(content));
        foreach (var (name, _, table) in content.Tables)
        {
            Text($"{name}.csv", table.ToCsv());
            Text($"{name}.tex", table.ToLatex());
        }
        Directory.CreateDirectory(Path.Combine(root, "figures"));
        foreach (var plate in content.Plates)
        {
            Text(Path.Combine("figures", plate.Name + ".svg"), plate.Svg);
            Bytes(Path.Combine("figures", plate.Name + ".png"), plate.Png);
        }
        return written;

        void Text(string name, string text) => Bytes(name, System.Text.Encoding.UTF8.GetBytes(text));

        void Bytes(string name, byte[] bytes)
        {
            var path = Path.Combine(root, name);
            File.WriteAllBytes(path, bytes);
            written.Add(path);
        }
    }
}
