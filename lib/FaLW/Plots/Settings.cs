using System.Globalization;
using System.Text.Json.Nodes;
using FaLW.Data;
using FaLW.Experiments;
using FaLW.Figures;
using FaLW.Models;
using FaLW.Studies;
using FaLW.Training;

namespace FaLW.Plots;

/// <summary>What results are measured under: everything but method and seeds. Retrain and Original are the same for all that share it.</summary>
internal sealed record Setting(DataSpec Data, Network Network, TrainSpec Training)
{
    private static readonly string[] PaperSets = [Benchmark.Cifar10.Name, Benchmark.Cifar100.Name, Benchmark.TinyImageNet.Name];

    public static Setting Of(ExperimentSpec spec) => new(spec.Data with { Seed = 0 }, spec.Network, spec.Training);

    public string Words => WordsOf([this]);

    /// <summary>Several settings in one line: what they share once, the rest one after the other ("γ = 0.5, 1, 2").</summary>
    public static string WordsOf(IEnumerable<MethodRuns> methods) => WordsOf([.. methods.Select(method => Of(method.Runs[0].Spec)).Distinct()]);

    /// <summary>The results by setting, in the order of first appearance, each with what tells its setting from the others (", γ 0.5"); empty marks for one setting.</summary>
    public static IReadOnlyList<(string Mark, IReadOnlyList<RunResult> Runs)> Groups(IEnumerable<RunResult> results)
    {
        var groups = results.GroupBy(r => Of(r.Spec)).Select(group => group.ToArray()).ToArray();
        if (groups.Length == 0) throw new Fault("There is no result to show. Run a study first, for example: falw run main --scale smoke.");
        var marks = SpecLeaves.Marks([.. groups.Select(group => SpecLeaves.Of(group[0].Spec))], name =>
            name.StartsWith("Data.", StringComparison.Ordinal) || name.StartsWith("Network", StringComparison.Ordinal) || name.StartsWith("Training.", StringComparison.Ordinal));
        return [.. groups.Select((group, i) => (marks[i], (IReadOnlyList<RunResult>)group))];
    }

    /// <summary>False when images, classes or network are smaller than the paper's: its numbers are then no measure.</summary>
    public bool IsPaperScale => AllClasses && Data.TrainPerClass == 0 && PaperSets.Contains(Data.Benchmark.Name)
        && Network.Width == 0 && (Network.Name == Network.ResNet18.Name || Network.Name.StartsWith("VGG-16", StringComparison.Ordinal));

    private static string WordsOf(IReadOnlyList<Setting> all)
    {
        string Each(Func<Setting, string> words) => string.Join(", ", all.Select(words).Distinct(StringComparer.Ordinal));
        var request = all.Any(s => s.Data.Forget.IsNamed) ? Each(s => s.Request)
            : $"{Each(s => Invariant($"{100 * s.Data.Forget.Share:0.##}"))} % forgotten, γ = {Each(s => Invariant($"{s.Data.Forget.Gamma:0.##}"))}";
        return $"{Each(s => s.Data.Benchmark.Name + s.Part)}, {Each(s => s.Network.Name + (s.IsRounded ? " in bfloat16" : ""))}, {request}";
    }

    private string Request => (Data.Forget.Images, Data.Forget.Classes) switch
    {
        ({ Count: 1 } images, _) => Invariant($"image {images[0]} forgotten"),
        ({ } images, _) => Invariant($"{images.Count} images forgotten"),
        (_, { Count: 1 } classes) => $"{Data.Benchmark.ClassName(classes[0])} forgotten whole",
        (_, { } classes) => Invariant($"{classes.Count} of {Data.Classes} classes forgotten whole"),
        _ => Invariant($"{100 * Data.Forget.Share:0.##} % forgotten with γ = {Data.Forget.Gamma:0.##}"),
    };

    // Named where it is not the usual one: sums are rounded otherwise.
    private bool IsRounded => Training.Precision == Precision.BFloat16;

    private bool AllClasses => Data.Classes == Data.Benchmark.Classes;

    private string Part => (AllClasses ? 0 : Data.FirstClasses, Data.TrainPerClass) switch
    {
        (0, 0) => "",
        (var classes, 0) => Invariant($" (first {classes} classes)"),
        (0, var images) => Invariant($" ({images} images a class)"),
        var (classes, images) => Invariant($" (first {classes} classes, {images} images each)"),
    };
}

/// <summary>A spec as flat names and values, read from its JSON, so that nothing that changes a number can be left out.</summary>
internal static class SpecLeaves
{
    public const string Missing = "–";

    public static IReadOnlyDictionary<string, string> Of(ExperimentSpec spec) =>
        Under(CanonicalJson.Node(spec), "").GroupBy(leaf => leaf.Path, StringComparer.Ordinal).ToDictionary(leaf => leaf.Key, leaf => leaf.Last().Value, StringComparer.Ordinal);

    /// <summary>Names in the order of first appearance.</summary>
    public static IEnumerable<string> Names(IEnumerable<IReadOnlyDictionary<string, string>> all) => all.SelectMany(l => l.Keys).Distinct(StringComparer.Ordinal);

    public static bool Differs(IEnumerable<IReadOnlyDictionary<string, string>> all, string name) =>
        all.Select(l => Value(l, name)).Distinct(StringComparer.Ordinal).Skip(1).Any();

    public static string Value(IReadOnlyDictionary<string, string> leaves, string name) => leaves.GetValueOrDefault(name, Missing);

    public static bool IsSeed(string name) => name is "Data.Seed" || name.StartsWith("Seeds.", StringComparison.Ordinal);

    /// <summary>What tells each of several specs from the others, to be written behind a name: ", γ 0.5, rate 0.1"; empty for a single one. Seeds never count.</summary>
    public static IReadOnlyList<string> Marks(IReadOnlyList<IReadOnlyDictionary<string, string>> all, Func<string, bool> counts)
    {
        string[] telling = [.. Names(all).Where(n => counts(n) && !IsSeed(n) && Differs(all, n))];
        return [.. all.Select(leaves => string.Concat(telling.Select(n => ", " + Words(n, Value(leaves, n)))))];
    }

    // Names say themselves what they are.
    private static string Words(string name, string value) =>
        name is "Data.Benchmark" or "Network.Name" or "Unlearner" or "Weighting" or "Network" ? value : $"{Labels.ShortName(name.Split('.')[^1])} {Brief(value)}";

    // A third has sixteen digits in a key; in a name three tell it from its neighbours.
    private static string Brief(string value) => value.Length > 10 && double.TryParse(value, CultureInfo.InvariantCulture, out var number) ? Invariant($"{number:G3}") : value;

    private static IEnumerable<(string Path, string Value)> Under(JsonNode? node, string path) => node switch
    {
        JsonObject members => members.SelectMany(member => Under(member.Value, Joined(path, member.Key))),
        JsonArray { Count: > 0 } items => [(path, string.Join(", ", items.Select(i => i?.ToString())))],
        JsonArray or null => [(path, Missing)],
        _ => [(path, node.ToString())],
    };

    // A type's name is the value of the whole; settings of a host stand where methods without a host have theirs.
    private static string Joined(string path, string name) => name is "$type" or "Host" ? path : path.Length == 0 ? name : $"{path}.{name}";
}

/// <summary>Settings as a table, read from the specs themselves.</summary>
public static class SpecTable
{
    /// <summary>What all experiments share: one row per setting.</summary>
    /// <param name="specs">Specs of any number of methods and seeds.</param>
    public static Table Shared(IEnumerable<ExperimentSpec> specs)
    {
        var all = specs.Select(SpecLeaves.Of).ToArray();
        return Table.Of<string>("Settings shared by all runs",
            SpecLeaves.Names(all).Where(n => all.All(l => l.ContainsKey(n)) && !SpecLeaves.Differs(all, n)), [new("Setting", n => n), new("Value", n => all[0][n])]);
    }

    /// <summary>What tells the methods apart: one row per setting, one column per method; seeds are left out.</summary>
    /// <param name="specs">Specs of any number of methods and seeds.</param>
    public static Table PerMethod(IEnumerable<ExperimentSpec> specs)
    {
        var methods = specs.DistinctBy(s => s.Label).GroupBy(s => s.Title).SelectMany(title => title.Select(s => (Title: title.Skip(1).Any() ? s.Label : s.Title, Leaves: SpecLeaves.Of(s)))).ToArray();
        IReadOnlyDictionary<string, string>[] all = [.. methods.Select(m => m.Leaves)];
        return Table.Of<string>("Settings of each method",
            SpecLeaves.Names(all).Where(n => !SpecLeaves.IsSeed(n) && SpecLeaves.Differs(all, n)),
            [new("Setting", n => n), .. methods.Select(m => new Column<string>(m.Title, n => SpecLeaves.Value(m.Leaves, n)))]);
    }
}

/// <summary>What a reader of a table must know when its rows were not all computed by the same engine on the same kind of device and number of threads.</summary>
public static class Grounds
{
    /// <summary>The grounds and the rows that stand on each, in a sentence; empty where all stand on one.</summary>
    public static string Of(IEnumerable<RunResult> results)
    {
        var grounds = results
            .SelectMany(run => run.MadeOn.Select(origin => (Origin: origin, run.Title)))
            .GroupBy(made => made.Origin.Footing, StringComparer.Ordinal).ToList();
        return grounds.Count < 2 ? "" : Invariant($"Rows computed on {(grounds.Count == 2 ? "two" : Invariant($"{grounds.Count}"))} grounds, between which sums are rounded differently: ")
            + string.Join("; ", grounds.Select(ground => $"{ground.First().Origin.Ground}: {string.Join(", ", ground.Select(made => made.Title).Distinct(StringComparer.Ordinal))}")) + ".";
    }
}

/// <summary>What computes here, as a table without names and places of the machine.</summary>
public static class MachineTable
{
    /// <summary>One row per fact.</summary>
    /// <param name="machine">The facts, as every result carries them; the time is left out.</param>
    public static Table Of(Provenance machine) => Table.Of<(string Name, string Value)>("This machine",
        [
            ("device", machine.Device), ("processor", machine.Processor), ("threads of one operation", Invariant($"{machine.Threads}")),
            ("libtorch", machine.Libtorch), (".NET", machine.Runtime), ("system", machine.System), ("kit", machine.Kit),
        ],
        [new("", fact => fact.Name), new("found", fact => fact.Value.Length > 0 ? fact.Value : SpecLeaves.Missing)]);
}

/// <summary>The image sets of this kit: their shape, whether they are here, and whether they are the published ones.</summary>
public static class DataTable
{
    /// <summary>One row per set, procedural ones left out. A set in many files, which would have to be read whole, is not checked.</summary>
    public static Table Of(DataShelf shelf) => Table.Of<(Benchmark Set, ImageForm? Form)>("Image sets",
        Benchmark.All.Where(set => set != Benchmark.Synthetic).Select(set => (set, shelf.Find(set)?.Form)),
        [
            new("set", row => row.Set.Name), new("classes", row => row.Set.Classes, "", 0), new("image", row => Invariant($"{row.Set.Channels} × {row.Set.Height} × {row.Set.Width}")),
            new("found as", row => row.Form?.Title ?? "not here"), new("whole?", row => row.Form is { } form ? Check(row.Set, form, shelf) : ""),
        ], note: "'falw data fetch NAME' gets what is missing, from its official site.");

    private static string Check(Benchmark set, ImageForm form, DataShelf shelf) =>
        form.Files.Count == 0 && form.Places.Count > 0 ? "not checked"
            : shelf.Verify(set, read: false).All(check => check.Holds) ? "yes" : "no: 'falw data verify' says what is wrong";
}

/// <summary>Where every number was computed.</summary>
internal static class ProvenanceTable
{
    public static Table Of(IEnumerable<RunResult> results) => Table.Of("", results,
        [
            new("Method", run => Words(run.Title)), new("Data seed", run => Invariant($"{run.Spec.Data.Seed}")), new("Key", run => Short(run.Key)), new("Splits", run => Words(Short(run.Provenance.SplitsHash))),
            .. Machine<RunResult>(run => run.Provenance),
        ]);

    /// <summary>The kits and machines of a job of audits, each once.</summary>
    public static Table Of(AuditResult result) => Table.Of("", result.Origins, Machine<Provenance>(origin => origin));

    private static Column<T>[] Machine<T>(Func<T, Provenance> of) =>
    [
        new("Computed", row => Words(of(row).When)), new("Device", row => Words(of(row).Device)), new("Processor", row => Words(of(row).Processor)), new("Threads", row => Invariant($"{of(row).Threads}")),
        new("libtorch", row => Words(of(row).Libtorch)), new(".NET", row => Words(of(row).Runtime)), new("System", row => Words(of(row).System)), new("Kit", row => Words(of(row).Kit)),
    ];

    private static string Words(string text) => text.Length > 0 ? text : SpecLeaves.Missing;

    private static string Short(string hash) => hash[..Math.Min(12, hash.Length)];
}
