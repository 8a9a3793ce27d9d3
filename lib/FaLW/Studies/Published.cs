using System.Globalization;
using CsvHelper;
using FaLW.Data;

namespace FaLW.Studies;

/// <summary>A number that a paper prints, or that notes on it hand on: one line of data/published/numbers.csv. Nothing in it was computed by this kit.</summary>
/// <param name="Paper">The arXiv number.</param>
/// <param name="Table">Which table: "main", "sweep", "balance", "robustness".</param>
/// <param name="Data">The data set.</param>
/// <param name="Network">The network as the paper calls it.</param>
/// <param name="Ratio">Share that is forgotten, 0 to 1; NaN where a table has none.</param>
/// <param name="Gamma">Imbalance; NaN where a table has none.</param>
/// <param name="Method">The method as the paper calls it.</param>
/// <param name="Balance">FaLW's balance factor, true for on; null where the table does not vary it.</param>
/// <param name="Metric">What the number is, e.g. "Average Gap" or "Delta Tail FA"; points or percent.</param>
/// <param name="Value">The number.</param>
/// <param name="Deviation">The printed standard deviation; NaN where none is known.</param>
/// <param name="Source">Where the number comes from; data/published/README.md explains the tags.</param>
/// <param name="Flags">Letters of <see cref="PublishedRemark"/>s that speak of its plausibility; empty for none.</param>
public sealed record PublishedNumber(
    string Paper, string Table, string Data, string Network, double Ratio, double Gamma, string Method, bool? Balance,
    string Metric, double Value, double Deviation, string Source, string Flags);

/// <summary>What is to be known of published numbers, and what a paper holds of which no number is known: one line of data/published/remarks.csv.</summary>
/// <param name="Mark">The letter that numbers carry in <see cref="PublishedNumber.Flags"/>; empty for what has no number.</param>
/// <param name="Paper">The arXiv number.</param>
/// <param name="Subject">Which table, column or figure.</param>
/// <param name="Text">What is to be known.</param>
/// <param name="Source">Where that comes from; "ours" is a judgement of this kit.</param>
/// <param name="Where">The notebook that shows what no run can be held against; empty for none.</param>
public sealed record PublishedRemark(string Mark, string Paper, string Subject, string Text, string Source, string Where);

/// <summary>What the papers print, as data that travels inside the assembly. Never mixed with results: a reader of both has a column for each.</summary>
public static class Published
{
    /// <summary>The FaLW paper.</summary>
    public const string FaLW = "arXiv 2601.18650";

    /// <summary>Every published number that is known, in the order of the file.</summary>
    public static ValueList<PublishedNumber> Numbers { get; } = [.. Rows("numbers", Number)];

    /// <summary>Flags of numbers, and tables and figures without known numbers.</summary>
    public static ValueList<PublishedRemark> Remarks { get; } = [.. Rows("remarks", row => new PublishedRemark(
        row.GetString("mark"), row.GetString("paper"), row.GetString("subject"), row.GetString("text"), row.GetString("source"), row.GetString("where")))];

    /// <summary>The numbers of one table of the FaLW paper.</summary>
    /// <param name="table">"main", "sweep" or "balance".</param>
    public static IEnumerable<PublishedNumber> Of(string table) => Numbers.Where(number => number.Paper == FaLW && number.Table == table);

    private static PublishedNumber Number(CsvReader row) => new(
        row.GetString("paper"), row.GetString("table"), row.GetString("data"), row.GetString("network"), Fraction(row.GetString("ratio")), Fraction(row.GetString("gamma")),
        row.GetString("method"), row.GetString("balance") switch { "on" => true, "off" => false, _ => null },
        row.GetString("metric"), Fraction(row.GetString("value")), Fraction(row.GetString("deviation")), row.GetString("source"), row.GetString("flags"));

    private static List<T> Rows<T>(string name, Func<CsvReader, T> of)
    {
        using var file = typeof(Published).Assembly.GetManifestResourceStream($"published.{name}.csv")
            ?? throw new InvalidOperationException($"data/published/{name}.csv is not in the assembly; build the kit again.");
        using var reader = CsvReader.Create(file);
        var rows = new List<T>();
        while (reader.Read()) rows.Add(of(reader));
        return rows;
    }

    // "1/3" has no end as a decimal; divided here it is the very number of the settings.
    private static double Fraction(string text) => text.Length == 0 ? double.NaN
        : text.Split('/').Select(part => double.Parse(part, CultureInfo.InvariantCulture)).Aggregate((above, below) => above / below);
}
