using System.Globalization;
using CsvHelper;
using FaLW.Data;
using FaLW.Experiments;
using FaLW.Figures;
using Microsoft.Data.Analysis;
using Parquet;
using Parquet.Schema;

namespace FaLW.Plots;

/// <summary>What a row of a data frame is.</summary>
public enum Rows
{
    /// <summary>One run: a method, its setting, a seed.</summary>
    PerRun,

    /// <summary>One class of a run.</summary>
    PerClass,

    /// <summary>One forget sample of a run.</summary>
    PerSample,
}

/// <summary>Results as data frames, for whoever wants to filter, group and merge them in ways that no table here does.</summary>
public static class DataFrames
{
    private const int Shown = 50;

    /// <summary>
    /// The results as a data frame. Every row says method, weighting, every setting that differs between the results, and the seed; classes have their names,
    /// and "head", "middle" or "tail" as their group. Accuracies are percent, probabilities 0 to 1; Δ is the signed distance to Retrain in points, below zero
    /// over-forgotten. A number that is not known is null, which means and sums of the package pass over; NaN would spoil them.
    /// </summary>
    /// <param name="results">Any number of methods, seeds and settings; none gives a frame without rows.</param>
    /// <param name="rows">What a row is.</param>
    public static DataFrame ToDataFrame(this IEnumerable<RunResult> results, Rows rows = Rows.PerRun) => Frame([.. results], rows, isKeyed: false);

    // With a key first the frames of one export can be joined.
    internal static DataFrame Frame(RunResult[] all, Rows rows, bool isKeyed) => rows switch
    {
        Rows.PerClass => Frame(all, isKeyed, [.. all.SelectMany(run => Measures.HeadToTail(run).Select(k => (run, k)))], row => row.run, PerClass),
        Rows.PerSample => Frame(all, isKeyed, [.. all.SelectMany(run => run.Samples.Select((sample, i) => (run, sample, i)))], row => row.run, PerSample),
        _ => Frame(all, isKeyed, all, run => run, PerRun),
    };

    /// <summary>The rows whose value in a column is the given one; numbers are equal whatever their types.</summary>
    /// <param name="frame">Any frame.</param>
    /// <param name="column">The column's name.</param>
    /// <param name="value">The value; null for rows without one.</param>
    /// <exception cref="Fault">There is no such column; the sentence names those there are.</exception>
    public static DataFrame Filter(this DataFrame frame, string column, object? value)
    {
        var asked = frame.Asked(column);
        // Whole numbers as such: a double takes the larger ones for their neighbours.
        static object? Plain(object? any) => any is not (string or bool or char or DateTime) and IConvertible number
            ? any is double or float && number.ToDouble(CultureInfo.InvariantCulture) is var real && !(double.IsInteger(real) && Math.Abs(real) < 1e15) ? real : number.ToDecimal(CultureInfo.InvariantCulture) : any;
        return frame.Filter(new BooleanDataFrameColumn("kept", asked.Cast<object?>().Select(each => Equals(Plain(each), Plain(value)))));
    }

    /// <summary>
    /// The request to forget the images that a column names: of a frame per forget sample, filtered, or of a list in a file
    /// (<c>DataFrames.ReadCsv("requests.csv").ToForgetRule()</c>). An image that stands there twice is forgotten once.
    /// </summary>
    /// <param name="frame">Any frame.</param>
    /// <param name="column">The column of whole numbers: rows of the training part of the images in use.</param>
    /// <exception cref="Fault">There is no such column, or something in it is no row.</exception>
    public static ForgetRule ToForgetRule(this DataFrame frame, string column = "image") => ForgetRule.OfImages(frame.Asked(column).Cast<object?>().Select((value, i) =>
        value is IConvertible and not (bool or char) && double.TryParse(Text(value), NumberStyles.Float, CultureInfo.InvariantCulture, out var row) && row is >= 0 and <= int.MaxValue && double.IsInteger(row) ? (int)row
            : throw new Fault(Invariant($"Column \"{column}\" has {(value is null ? "nothing" : Invariant($"\"{value}\""))} in row {i + 1}, which names no image; give whole numbers from 0."))).Distinct());

    /// <summary>The first rows, and how many there are.</summary>
    internal static Table AsTable(this DataFrame frame) => Table.Of(
        "", frame.Rows.Take(Shown), frame.Columns.Select((column, i) => column.DataType == typeof(string) || column.DataType == typeof(bool)
            ? new Column<DataFrameRow>(column.Name, row => row[i]?.ToString() ?? "–")
            : new Column<DataFrameRow>(column.Name, row => row[i] is IConvertible number ? number.ToDouble(CultureInfo.InvariantCulture) : double.NaN, "", column.DataType == typeof(double) || column.DataType == typeof(float) ? 3 : 0)),
        note: Invariant($"{frame.Rows.Count} rows × {frame.Columns.Count} columns") + (frame.Rows.Count > Shown ? $"; the first {Shown} are shown" : ""));

    /// <summary>The frame for a notebook host that asks by name: HTML, Markdown and plain text.</summary>
    public static IReadOnlyDictionary<string, object> ToMimeBundle(this DataFrame frame) => frame.AsTable().ToMimeBundle();

    /// <summary>Shows the frame where the program runs: in the notebook, or as text.</summary>
    public static void Show(this DataFrame frame) => frame.AsTable().Show();

    /// <summary>
    /// Writes a frame as CSV in UTF-8, the same in every culture. Text stands in quotes and numbers do not, a double always has a point or an exponent, and null is
    /// nothing between two commas: so <see cref="ReadCsv"/> finds what was written.
    /// </summary>
    /// <param name="frame">Any frame.</param>
    /// <param name="path">The file, written anew.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void WriteCsv(this DataFrame frame, string path) => WholeFile.Write(path, file =>
    {
        using var csv = CsvWriter.Create(file, CsvWriterOptions.Default with { NewLine = "\n" }, leaveOpen: true);
        foreach (var column in frame.Columns) csv.WriteField(column.Name, CsvQuoting.Always);
        csv.EndRecord();
        foreach (var row in frame.Rows)
        {
            foreach (var value in row) csv.WriteField(Text(value), value is null or IConvertible and not (string or char or DateTime) ? CsvQuoting.WhenNeeded : CsvQuoting.Always);
            csv.EndRecord();
        }
    });

    /// <summary>
    /// Reads CSV in UTF-8. A column of whole numbers becomes one of int or, where they are larger, long; one with points or exponents double; one of True and False
    /// bool; all else text, and so does a column without any value.
    /// </summary>
    /// <param name="path">A file with a line of names; numbers with a point, whatever the culture.</param>
    /// <exception cref="Fault">The file is empty or not UTF-8, has two columns of one name, or a line with more or fewer fields than names.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static DataFrame ReadCsv(string path) => Directory.Exists(path) ? throw new Fault($"{path} is a folder; name a file of comma-separated values.") : ForeignText.Read(
        () => Parsed(ForeignText.Text(File.ReadAllBytes(path))),
        (reason, inner) => new Fault($"{Path.GetFileName(path)} is no table of comma-separated values: {reason}. Write it in UTF-8 with a line of names first and as many fields in every line.", inner));

    private static DataFrame Parsed(string text)
    {
        using var csv = CsvReader.FromText(text.TrimEnd('\r', '\n'), CsvReaderOptions.Default with { FieldCountMismatch = CsvFieldCountHandling.Throw, MalformedData = CsvMalformedDataHandling.Throw, SkipEmptyLines = false });
        csv.ReadHeader();
        var fields = csv.Headers!.Select(_ => new List<(string? Text, bool IsQuoted)>()).ToArray();
        while (csv.Read())
            for (var i = 0; i < fields.Length; i++)
                fields[i].Add(csv.GetRawSpan(i) is { Length: > 0 } raw && raw[0] == '"' ? (csv.GetString(i), true) : (csv.IsEmpty(i) ? null : csv.GetString(i), false));
        // A line without any field would be no line, so a number that is missing is quoted where it stands alone.
        if (fields is [var only] && only.Exists(field => !field.IsQuoted)) fields[0] = only.ConvertAll(field => field is ("", true) ? (null, false) : field);
        return new DataFrame(csv.Headers!.Select((name, i) => Read(name, fields[i])));
    }

    /// <summary>
    /// Writes a frame as Apache Parquet: every column of its own type, text as UTF-8, null where there is no value. pandas reads it with <c>read_parquet</c>, R with <c>arrow</c>.
    /// </summary>
    /// <param name="frame">Any frame of text, whole numbers, numbers and truth values.</param>
    /// <param name="path">The file, written anew.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void WriteParquet(this DataFrame frame, string path)
    {
        using var file = new MemoryStream();
        Write(frame, file).GetAwaiter().GetResult();
        WholeFile.Write(path, file.ToArray());
    }

    private static async Task Write(DataFrame frame, Stream file)
    {
        var fields = frame.Columns.Select(column => new DataField(column.Name, column.DataType, isNullable: true)).ToArray();
        await using var writer = await ParquetWriter.CreateAsync(new ParquetSchema(fields), file);
        using var rows = writer.CreateRowGroup();
        foreach (var (column, field) in frame.Columns.Zip(fields))
            await (column switch
            {
                IEnumerable<int?> whole => rows.WriteAsync<int>(field, whole.ToArray()),
                IEnumerable<long?> whole => rows.WriteAsync<long>(field, whole.ToArray()),
                IEnumerable<float?> number => rows.WriteAsync<float>(field, number.ToArray()),
                IEnumerable<double?> number => rows.WriteAsync<double>(field, number.ToArray()),
                IEnumerable<bool?> truth => rows.WriteAsync<bool>(field, truth.ToArray()),
                _ => rows.WriteAsync(field, column.Cast<object?>().Select(Text).ToArray()!),
            });
    }

    // What tells the results apart: a setting's place in the spec, and the name its column has.
    internal static IReadOnlyList<(string Leaf, string Name)> Differing(IReadOnlyCollection<IReadOnlyDictionary<string, string>> leaves)
    {
        string[] differing = [.. SpecLeaves.Names(leaves).Where(name => name is not ("Unlearner" or "Weighting") && !SpecLeaves.IsSeed(name) && SpecLeaves.Differs(leaves, name))];
        static string Short(string name) => Labels.ShortName(name.Split('.')[^1]);
        return [.. differing.Select(name => (name, differing.Count(other => Short(other) == Short(name)) > 1 ? name : Short(name)))];
    }

    private static DataFrame Frame<T>(RunResult[] all, bool isKeyed, IReadOnlyList<T> rows, Func<T, RunResult> run, Func<IReadOnlyList<T>, IEnumerable<DataFrameColumn>> own)
    {
        var leaves = all.DistinctBy(each => each, ReferenceEqualityComparer.Instance).ToDictionary(each => each, each => SpecLeaves.Of(each.Spec), (IEqualityComparer<RunResult>)ReferenceEqualityComparer.Instance);
        return new DataFrame(
        [
            .. isKeyed ? [Words("key", rows, row => run(row).Key)] : Array.Empty<DataFrameColumn>(), Words("method", rows, row => run(row).Title), Words("weighting", rows, row => run(row).Spec.Weighting.Title),
            .. Differing(leaves.Values).Select(setting => Read(setting.Name, [.. rows.Select(row => (leaves[run(row)].TryGetValue(setting.Leaf, out var text) && text != SpecLeaves.Missing ? text : null, false))])),
            Whole("seed", rows, row => run(row).Spec.Data.Seed), .. own(rows),
        ]);
    }

    private static IEnumerable<DataFrameColumn> PerRun(IReadOnlyList<RunResult> runs) =>
    [
        .. Metric.All.Select(metric => Number(metric.Short, runs, run => metric.Of(run.Unlearned))), .. Metric.All.Select(metric => Number("Δ" + metric.Short, runs, metric.Gap)),
        Number("average gap", runs, run => run.AverageGap), Number("mean |deviation|", runs, Measures.MeanDeviation), Number("class-balanced FA gap", runs, Measures.ClassBalancedGap),
        Whole("steps", runs, run => run.Log.Steps), Number("seconds", runs, run => Measures.Seconds(run, "unlearned")),
    ];

    private static IEnumerable<DataFrameColumn> PerClass(IReadOnlyList<(RunResult Run, int Class)> rows) =>
    [
        Words("class", rows, row => row.Run.Spec.Data.Benchmark.ClassName(row.Class)), Words("group", rows, row => row.Run.Groups.NameOf(row.Class).ToLowerInvariant()),
        Whole("forgotten", rows, row => row.Run.ForgetCounts[row.Class]),
        Number("FA", rows, row => row.Run.UnlearnedClasses[row.Class].ForgetAccuracy), Number("RA", rows, row => row.Run.UnlearnedClasses[row.Class].RetainAccuracy), Number("TA", rows, row => row.Run.UnlearnedClasses[row.Class].TestAccuracy),
        Number("ΔFA", rows, row => Measures.AccuracyGap(row.Run, [row.Class])), Number("Δp", rows, row => Measures.Deviation(row.Run, [row.Class])),
    ];

    private static IEnumerable<DataFrameColumn> PerSample(IReadOnlyList<(RunResult Run, SampleRow Sample, int Place)> rows) =>
    [
        Words("class", rows, row => row.Run.Spec.Data.Benchmark.ClassName(row.Sample.Class)), Words("group", rows, row => row.Run.Groups.NameOf(row.Sample.Class).ToLowerInvariant()),
        Whole("image", rows, row => row.Sample.Row), Number("p Original", rows, row => row.Sample.Original), Number("p Retrain", rows, row => row.Sample.Retrain), Number("p", rows, row => row.Sample.Unlearned),
        Number("Δp", rows, row => 100 * row.Sample.Deviation), Number("last weight", rows, row => row.Run.Log.LastWeights.Count > row.Place ? row.Run.Log.LastWeights[row.Place] : double.NaN),
    ];

    private static StringDataFrameColumn Words<T>(string name, IEnumerable<T> rows, Func<T, string> word) => new(name, rows.Select(word));

    private static Int32DataFrameColumn Whole<T>(string name, IEnumerable<T> rows, Func<T, int> number) => new(name, rows.Select(number));

    private static DoubleDataFrameColumn Number<T>(string name, IEnumerable<T> rows, Func<T, double> number) => new(name, rows.Select(number).Select(value => double.IsNaN(value) ? null : (double?)value));

    private static DataFrameColumn Read(string name, IReadOnlyList<(string? Text, bool IsQuoted)> fields)
    {
        var isText = fields.Any(field => field.IsQuoted) || fields.All(field => field.Text is null);
        DataFrameColumn? Of<T>(NumberStyles style, Func<IEnumerable<T?>, DataFrameColumn> column) where T : struct, System.Numerics.INumber<T>
        {
            var parsed = fields.Select(field => (IsRight: (T.TryParse(field.Text, style, CultureInfo.InvariantCulture, out var number) && Keeps(field.Text, number)) || field.Text is null, Value: field.Text is null ? null : (T?)number)).ToArray();
            return parsed.All(field => field.IsRight) ? column(parsed.Select(field => field.Value)) : null;
        }
        // What a number would round or cut stays text.
        static bool Keeps<T>(string text, T number) where T : struct, System.Numerics.INumber<T> =>
            !text.Contains('\0', StringComparison.Ordinal) && (number is not double real || (text.AsSpan().IndexOfAny(".eEnN") >= 0 && !(double.IsInfinity(real) && text.Any(char.IsAsciiDigit))) || Math.Abs(real) < 1e15);
        if (!isText && fields.All(field => field.Text is null or "True" or "False")) return new BooleanDataFrameColumn(name, fields.Select(field => field.Text is null ? null : (bool?)(field.Text is "True")));
        return (isText ? null : Of<int>(NumberStyles.AllowLeadingSign, values => new Int32DataFrameColumn(name, values)) ?? Of<long>(NumberStyles.AllowLeadingSign, values => new Int64DataFrameColumn(name, values))
            ?? Of<double>(NumberStyles.Float, values => new DoubleDataFrameColumn(name, values))) ?? new StringDataFrameColumn(name, fields.Select(field => field.Text));
    }

    private static DataFrameColumn Asked(this DataFrame frame, string column) => frame.Columns.FirstOrDefault(each => each.Name == column)
        ?? throw new Fault($"There is no column \"{column}\"; there are {string.Join(", ", frame.Columns.Select(each => each.Name))}."
            + (frame.Columns.All(each => double.TryParse(each.Name, NumberStyles.Float, CultureInfo.InvariantCulture, out _)) ? " The first line of a file is read as names; write them above the numbers." : ""));

    private static string? Text(object? value) => value switch
    {
        double number => Invariant($"{number:R}") is var text && text.All(c => char.IsAsciiDigit(c) || c == '-') ? text + ".0" : text,
        // Read back as double; so written as one.
        float or decimal => Text(double.Parse(((IFormattable)value).ToString(null, CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)),
        DateTime time => time.ToString("O", CultureInfo.InvariantCulture),
        IFormattable any => any.ToString(null, CultureInfo.InvariantCulture),
        _ => value?.ToString(),
    };
}
