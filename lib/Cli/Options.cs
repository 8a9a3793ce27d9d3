using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using FaLW.Data;
using FaLW.Experiments;
using FaLW.Studies;

namespace FaLW.Cli;

/// <summary>The options and arguments that several commands share. A value that cannot be meant is wrong usage, told with the nearest that can.</summary>
internal static class Options
{
    private const int MostSeeds = 1000;

    public static Argument<Study> StudyToSearch() => new("STUDY")
    {
        Description = "Name of a study; 'falw study list' shows them.",
        CustomParser = result => Parsed(result, Studies.Study.ToSearch),
    };

    public static Argument<StudyName> AnyStudy() => new("STUDY")
    {
        Description = "Name of a study; 'falw study list' shows them.",
        CustomParser = result => Parsed(result, StudyName.Of),
    };

    /// <summary>An image set, or Adult, the one table that is fetched: null.</summary>
    public static Argument<SetName?> Set(bool required) => new("NAME")
    {
        Description = "Name of an image set or table; 'falw data list' shows them.",
        Arity = required ? ArgumentArity.ExactlyOne : ArgumentArity.ZeroOrOne,
        CustomParser = result => result.Tokens.Count == 0 ? null : Parsed(result, SetName.Of),
    };

    public static Option<Scale> Scale() => new("--scale")
    {
        Description = $"{string.Join(", ", Experiments.Scale.All.Select(scale => $"{scale.Name} ({scale.Size})"))}.",
        HelpName = string.Join('|', Experiments.Scale.All.Select(scale => scale.Name)),
        CustomParser = result => Parsed(result, Experiments.Scale.Named),
        DefaultValueFactory = _ => Experiments.Scale.Small,
    };

    public static Option<Benchmark?> Data() => new("--data")
    {
        Description = "Image set to use instead of the study's; 'falw data list' shows them.",
        HelpName = "NAME",
        CustomParser = result => Parsed(result, Benchmark.Named),
    };

    public static Option<int> Seeds(int otherwise = 1) => new("--seeds")
    {
        Description = "Number of seeds, 1 or more; every seed is a run of its own, from splits to unlearning.",
        HelpName = "N",
        CustomParser = result => Parsed(result, text => Whole("--seeds", text, 1, "at least one seed is needed: give a whole number from 1") is var seeds && seeds <= MostSeeds ? seeds
            : throw new Fault(FormattableString.Invariant($"--seeds is {text}, more runs than anybody waits for; give at most {MostSeeds}."))),
        DefaultValueFactory = _ => otherwise,
    };

    public static Option<int?> Processes() => Most("--processes", "Processes that share the work, each with a quarter of the cores (one thread at the scales of digits) or OMP_NUM_THREADS: sooner done than one with as many threads. By default, on a processor, one a core, at most 4 and one for every 3 GiB of memory; 1 on a GPU, with --fresh, or where OMP_NUM_THREADS is set.");

    public static Option<bool> Helps() => new("--helps") { Hidden = true };

    public static Option<int?> Most(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "N",
        CustomParser = result => result.Tokens.Count == 0 ? null : Parsed<int?>(result, text => Whole(name, text, 1, "must be a whole number from 1")),
    };

    public static Option<bool> KnownOnly() => new("--known-only") { Description = "Compute nothing: report what records and cache hold of the study, and name what is missing." };

    public static Option<bool> AnyGround() => new("--any-ground") { Description = "Take kept stages that another engine, device or number of threads computed; otherwise they are computed anew." };

    public static Option<bool> Plan() => new("--plan") { Description = "Compute nothing: say how much of the study is left to compute." };

    public static Option<Stretch?> Part() => new("--part")
    {
        Description = "Compute only one of several equal stretches of the study, for example 3/7, and report all that is known of it.",
        HelpName = "K/N",
        CustomParser = result => result.Tokens.Count == 0 ? null : Parsed(result, Stretch.Parse),
    };

    public static Option<int> Count(string name, string description, int least, int otherwise = 1) => new(name)
    {
        Description = description,
        HelpName = "N",
        CustomParser = result => Parsed(result, text => Whole(name, text, least, FormattableString.Invariant($"must be a whole number from {least}"))),
        DefaultValueFactory = _ => otherwise,
    };

    public static Option<string> Device() => new("--device")
    {
        Description = "auto (a GPU where there is one), cpu or cuda.",
        HelpName = "auto|cpu|cuda",
        CustomParser = result => Parsed(result, DeviceName),
        DefaultValueFactory = _ => "auto",
    };

    public static Option<string?> RecordedDevice() => new("--device")
    {
        Description = "cpu or cuda; without it the one each record was computed on.",
        HelpName = "auto|cpu|cuda",
        CustomParser = result => Parsed(result, DeviceName),
    };

    public static Option<string?> Out(string description) => new("--out")
    {
        Description = description,
        HelpName = "DIR",
        CustomParser = result => result.Tokens.Count == 0 ? null : Parsed(result, text => text.Length > 0 ? text : throw new Fault("--out is empty; name a folder, or leave the option out.")),
    };

    private static T? Parsed<T>(ArgumentResult result, Func<string, T> parse)
    {
        try
        {
            return parse(result.Tokens[0].Value);
        }
        catch (Fault fault)
        {
            result.AddError(fault.Message);
            return default;
        }
    }

    private static int Whole(string name, string text, int least, string need) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count >= least
            ? count
            : throw new Fault($"{name} is {text}, but {need}.");

    private static string DeviceName(string text) => text.ToLowerInvariant() is "auto" or "cpu" or "cuda"
        ? text.ToLowerInvariant()
        : throw new Fault($"There is no device \"{text}\"; known are auto, cpu and cuda.");
}

/// <summary>What a name of a data set stands for: images, or the table Adult (null).</summary>
internal sealed record SetName(Benchmark? Images)
{
    /// <summary>The set of that name, of either kind.</summary>
    public static SetName Of(string name) => new(string.Equals(name, AdultFiles.Name, StringComparison.OrdinalIgnoreCase) ? null : Benchmark.Named(name));
}

/// <summary>What a name of a study stands for: experiments, or audits; one of the two.</summary>
internal sealed record StudyName(Study? Runs, AuditStudy? Audits)
{
    /// <summary>The study of that name, of either kind.</summary>
    public static StudyName Of(string name) => AuditStudy.Find(name) is { } audits ? new StudyName(null, audits) : new StudyName(Study.Named(name), null);
}
