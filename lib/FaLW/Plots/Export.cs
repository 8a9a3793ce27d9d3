using FaLW.Data;
using FaLW.Experiments;
using FaLW.Studies;
using Microsoft.Data.Analysis;

namespace FaLW.Plots;

/// <summary>Results for other tools: three tables that join by key, as CSV and Parquet, a dictionary of their columns, and a card of the studies behind them.</summary>
public static class Export
{
    /// <summary>The column dictionary's file.</summary>
    public const string Dictionary = "dictionary.csv";

    /// <summary>The card of methods and settings.</summary>
    public const string Card = "methods.md";

    private const int MostSeeds = 10;

    private static readonly (Rows Rows, string Name, string Of)[] Frames =
        [(Rows.PerRun, "runs", "one run"), (Rows.PerClass, "classes", "one class of a run"), (Rows.PerSample, "samples", "one forget sample of a run")];

    private static IEnumerable<(string Name, string Unit, string Meaning)> Known =>
    [
        ("key", "", "The run, as its record is named; joins the three tables."), ("method", "", "Name of the method in tables."), ("weighting", "", "How forget samples weigh in its loss."),
        ("seed", "", "Seed of the forget set; it tells runs of one setting apart."),
        .. Metric.All.Select(metric => (metric.Short, "%", $"{metric.Name}. {metric.Definition}")),
        .. Metric.All.Select(metric => ("Δ" + metric.Short, "points", $"{metric.Name} minus Retrain's.")),
        ("average gap", "points", Metric.GapDefinition), ("mean |deviation|", "points", Metric.DeviationDefinition), ("class-balanced FA gap", "points", Metric.BalancedDefinition),
        ("steps", "", Metric.StepsDefinition), ("seconds", "s", Metric.TimeDefinition),
        ("class", "", "Name of the class."), ("group", "", "head, middle or tail: thirds of the classes by how many of their images are forgotten."), ("forgotten", "images", "How many of the class are forgotten."),
        ("Δp", "points", "Mean true-class probability minus Retrain's on the same forget samples, times 100."), ("image", "", "Row of the image in the training set, from 0."),
        ("p Original", "0 to 1", "True-class probability under Original."), ("p Retrain", "0 to 1", "True-class probability under Retrain."), ("p", "0 to 1", "True-class probability after the method."),
        ("last weight", "", "Weight of the sample in the last epoch; none where the method does not weigh."),
    ];

    /// <summary>Writes all files into a folder, which is made; each replaces an earlier one when it is whole.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="results">Any results, each once.</param>
    /// <returns>Names of the files written.</returns>
    /// <exception cref="Fault">There is no result, or the folder cannot be written.</exception>
    public static IReadOnlyList<string> Write(string folder, IReadOnlyList<RunResult> results)
    {
        if (results.Count == 0) throw new Fault("There is no result to export; 'falw run STUDY --keep' makes some.");
        RunResult[] all = [.. results.DistinctBy(run => run.Key).OrderBy(run => run.Key, StringComparer.Ordinal)];
        List<string> written = [];
        void Whole(string name, Action<string> write) => ClosedPlace.Guard(
            () =>
            {
                Directory.CreateDirectory(folder);
                write(Path.Combine(folder, name));
                written.Add(name);
            },
            (reason, closed) => new Fault($"{Path.Combine(folder, name)} cannot be written: {reason}. Name a folder with room that you can write, and run the same command again.", closed));
        var frames = Frames.Select(each => (each.Name, Frame: DataFrames.Frame(all, each.Rows, isKeyed: true))).ToArray();
        foreach (var (name, frame) in frames)
        {
            Whole($"{name}.csv", frame.WriteCsv);
            Whole($"{name}.parquet", frame.WriteParquet);
        }
        Whole(Dictionary, DictionaryOf(all, frames).WriteCsv);
        Whole(Card, path => WholeFile.Write(path, CardOf(all)));
        return written;
    }

    private static DataFrame DictionaryOf(RunResult[] all, IEnumerable<(string Name, DataFrame Frame)> frames)
    {
        var settings = DataFrames.Differing([.. all.Select(run => SpecLeaves.Of(run.Spec))]).Select(setting => (setting.Name, Unit: "", Meaning: $"Setting {setting.Leaf} of the experiment; none where the method has no such setting."));
        var known = Known.Concat(settings).DistinctBy(each => each.Name, StringComparer.Ordinal).ToDictionary(each => each.Name, StringComparer.Ordinal);
        var rows = frames.SelectMany(each => each.Frame.Columns.Select(column => (Table: each.Name, Column: column, About: known[column.Name]))).ToArray();
        static string Type(DataFrameColumn column) => column.DataType == typeof(string) ? "text" : column.DataType == typeof(double) ? "number" : "whole number";
        return new DataFrame(
            new StringDataFrameColumn("table", rows.Select(row => row.Table)), new StringDataFrameColumn("column", rows.Select(row => row.Column.Name)),
            new StringDataFrameColumn("type", rows.Select(row => Type(row.Column))), new StringDataFrameColumn("unit", rows.Select(row => row.About.Unit)),
            new StringDataFrameColumn("meaning", rows.Select(row => row.About.Meaning)));
    }

    private static string CardOf(RunResult[] all)
    {
        var left = all.Where(run => run.Reference is null).ToDictionary(run => run.Spec);
        var parts = from scale in Scale.InBothFormats
                    from study in Study.All
                    where !study.IsView
                    let runs = study.At(scale, MostSeeds, _ => true, _ => true).Select(spec => left.GetValueOrDefault(spec)).OfType<RunResult>().ToArray()
                    where runs.Length > 0
                    select Section($"{study.Title} (study {study.Name}, scale {scale})", $"{study.Question}\n\n{study.ChoicesAt(scale)}", runs);
        var tables = string.Join("\n", Frames.Select(each => $"- `{each.Name}.csv`, `{each.Name}.parquet`: a row is {each.Of}"));
        return Invariant($"# {all.Length} runs\n\n{tables}\n- `{Dictionary}`: every column with its unit and meaning\n\nA run may belong to several studies. Distances are to Retrain of the same seed; a distance of the size of *{RetrainControl.Title}* is none.\n")
            + string.Concat(parts);
    }

    private static string Section(string title, string words, RunResult[] runs)
    {
        var methods = runs.DistinctBy(run => run.Label).Select(run => $"- {run.Label}: `{CanonicalJson.Text(CanonicalJson.Node(run.Spec.Method))}`");
        var seeds = runs.Select(run => run.Spec.Data.Seed).Distinct().Order();
        return $"\n## {title}\n\n{words}\n\nSetting: {Setting.WordsOf(MethodRuns.Of(runs))}. Seeds {string.Join(", ", seeds)}.\n\n{string.Join("\n", methods)}\n\n{string.Join("\n", RunResult.Origins(runs))}\n";
    }
}
