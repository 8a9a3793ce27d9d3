using System.Globalization;
using CsvHelper;
using FaLW.Data;
using FaLW.Experiments;
using FaLW.Metrics;
using FaLW.Weighting;

namespace FaLW.Studies;

/// <summary>Every statement of the FaLW paper that this kit can be held against, made of the published numbers and of what is known without one.</summary>
public static class Claims
{
    private const string Cifar100 = "CIFAR-100";

    /// <summary>Shapes, differences, numbers; within each the paper's order.</summary>
    public static ValueList<Claim> All { get; } = [.. Shapes(), .. Differences, .. Numbers()];

    private static IEnumerable<Claim> Differences => [.. Main("CIFAR-10", 1), .. Main("Tiny-ImageNet", 0.5), .. Sweep(), .. Balance()];

    private static IEnumerable<Claim> Main(string data, double gamma)
    {
        var column = Published.Of("main").Where(number => number.Data == data).ToDictionary(number => number.Method);
        return column.Values.Where(number => number.Method != "FaLW").Select(rival => Difference(
            "main table", ["main-" + (data == "CIFAR-10" ? "cifar10" : "tiny"), "main"], new PaperSetting(data, gamma), Measure.AverageGap, column["FaLW"], rival));
    }

    private static IEnumerable<Claim> Sweep() =>
        from ours in Published.Of("sweep").Where(number => number.Method == "FaLW")
        from rival in Published.Of("sweep").Where(number => number.Method == "SalUn" && number.Gamma == ours.Gamma)
        select Difference("imbalance sweep", ["sweep", "main"], new PaperSetting(Cifar100, ours.Gamma), Measure.AverageGap, ours, rival);

    private static IEnumerable<Claim> Balance() =>
        from with in Published.Of("balance").Where(number => number.Balance == true)
        from without in Published.Of("balance").Where(number => number.Balance == false && (number.Gamma, number.Metric) == (with.Gamma, with.Metric))
        select Difference("balance factor", ["balance"], new PaperSetting(Cifar100, with.Gamma), MeasureOf(with), with, without);

    private static Claim Difference(string table, ValueList<string> studies, PaperSetting setting, Measure measure, PublishedNumber ours, PublishedNumber rival)
    {
        var (of, minus) = (Subject.Of(ours.Method, ours.Balance), Subject.Of(rival.Method, rival.Balance));
        var published = ours.Value - rival.Value;
        var spread = Math.Sqrt(ours.Deviation * ours.Deviation + rival.Deviation * rival.Deviation);
        var text = ours.Balance is null ? $"{of} − {minus}" : $"{measure.Name}: factor on − off";
        return new Claim(table, ClaimKind.Difference, setting.ToString(), text, studies,
            [new Part(text, setting, of, minus, measure, Math.Sign(published), published, Margin(measure, spread))], Joined(ours.Flags + rival.Flags));
    }

    // A number stands for itself at the paper's scale; elsewhere for the difference it takes part in, FaLW's for the one to SalUn.
    private static IEnumerable<Claim> Numbers() =>
        from table in new[] { (Name: "main", Claims: Main("CIFAR-10", 1).Concat(Main("Tiny-ImageNet", 0.5))), (Name: "sweep", Claims: Sweep()), (Name: "balance", Claims: Balance()) }
        let differences = table.Claims.ToArray()
        from number in Published.Of(table.Name)
        let of = Subject.Of(number.Method, number.Balance)
        let measure = MeasureOf(number)
        let rivals = differences.Where(claim => claim.Parts[0] is var part && part.Setting == new PaperSetting(number.Data, number.Gamma) && part.Measure == measure && (part.Of == of || part.Minus == of))
        let rival = rivals.FirstOrDefault(claim => claim.Parts[0].Minus!.Host == "SalUn") ?? rivals.First()
        select new Claim(rival.Table, ClaimKind.Number, rival.Where, $"{of}{(number.Balance == true ? ", factor on" : "")}: {measure.Name}", rival.Studies,
            [new Part(number.Method, rival.Parts[0].Setting, of, null, measure, 0, number.Value, Margin(measure, number.Deviation)), rival.Parts[0]], number.Flags);

    private static IEnumerable<Claim> Shapes()
    {
        yield return Nearest("main table", "CIFAR-10, γ 1", Main("CIFAR-10", 1));
        yield return Nearest("main table", "Tiny-ImageNet, γ 1/2", Main("Tiny-ImageNet", 0.5));
        yield return Shape("imbalance sweep", "CIFAR-100, seven γ", "FaLW is nearer to Retrain than SalUn at every γ", ["sweep", "main"],
            [.. Sweep().Select(claim => claim.Parts[0]).Select(part => part with { Name = $"γ {PaperSetting.Fraction(part.Setting.Gamma)}" })]);
        yield return Mean("imbalance sweep", "CIFAR-100, seven γ", "FaLW is nearer to Retrain than SalUn, mean over γ", ["sweep"], Sweep());
        yield return Shape("forget accuracy over γ", "CIFAR-100, γ 0 to 2", "SalUn crosses from over- to under-forgetting as γ grows", ["sweep", "main"],
            [Signed("γ 0", 0, new Subject("SalUn"), null, Measure.Forget, -1), Signed("γ 2", 2, new Subject("SalUn"), null, Measure.Forget, 1)]);
        foreach (var host in new[] { "RL", "SalUn" })
        {
            yield return Shape("Figure 1b", "CIFAR-100, γ 1 (the figure's is not known)", $"{host}: head under-forgotten, tail over-forgotten", ["main", "sweep"],
                [Signed("head ΔFA", 1, new Subject(host), null, Measure.Head, 1), Signed("tail ΔFA", 1, new Subject(host), null, Measure.Tail, -1)]);
            yield return Shape("Figure 1b", "CIFAR-100, γ 1 (the figure's is not known)", $"{host}: the tail is farther from Retrain than the head", ["main", "sweep"],
                [Signed("tail beyond head", 1, new Subject(host), null, Measure.TailExcess, 1)]);
        }

        yield return Shape("balance factor", "CIFAR-100, γ 3/2 and 2", "The factor brings middle and tail nearer", ["balance"],
            [.. Balance().Select(claim => claim.Parts[0]).Select(part => part with { Name = $"{part.Measure.Name}, γ {PaperSetting.Fraction(part.Setting.Gamma)}" })]);
        yield return Mean("balance factor", "CIFAR-100, γ 3/2 and 2", "The factor brings middle and tail nearer, mean", ["balance"], Balance());
        yield return Shape("balance factor", "CIFAR-100, γ 3/2 and 2", "The factor costs the head a little forget accuracy", ["balance"],
            [.. new[] { 1.5, 2 }.Select(gamma =>
                Signed($"γ {PaperSetting.Fraction(gamma)}", gamma, Subject.FaLW, Subject.FaLW with { Weight = FaLWWeight.Unbalanced }, Measure.Head, -1))]);
        yield return Shape("appendix: plug and play", "CIFAR-100, γ 1 (the appendix's is not known)", "FaLW's weight brings other methods nearer", ["plug"],
            [.. new[] { "SalUn", "GA" }.Select(host => Signed(host, 1, new Subject(host, FaLWWeight.Balanced), new Subject(host), Measure.AverageGap, -1))]);
    }

    private static Claim Nearest(string table, string where, IEnumerable<Claim> differences)
    {
        Claim[] all = [.. differences];
        return Shape(table, where, "FaLW is the nearest to Retrain of all methods", all[0].Studies,
            [.. all.Select(claim => claim.Parts[0]).Select(part => part with { Name = part.Minus!.ToString() })]);
    }

    // Few seeds can show a mean where they can show none of its terms.
    private static Claim Mean(string table, string where, string text, ValueList<string> studies, IEnumerable<Claim> differences)
    {
        Part[] all = [.. differences.Select(claim => claim.Parts[0])];
        var published = all.Average(part => part.Published);
        return new Claim(table, ClaimKind.Shape, where, Invariant($"{text} (printed, over all {all.Length}: {(published < 0 ? "−" : "")}{Math.Abs(published):0.00})"), studies,
            [all[0] with { Name = "mean", Published = published, MeanOf = [.. all] }]);
    }

    // Of a shape only signs count: sizes are judged where they were printed.
    private static Claim Shape(string table, string where, string text, ValueList<string> studies, IEnumerable<Part> parts) =>
        new(table, ClaimKind.Shape, where, text, studies, [.. parts.Select(part => part with { Published = double.NaN })]);

    private static Part Signed(string name, double gamma, Subject of, Subject? minus, Measure measure, int sign) =>
        new(name, new PaperSetting(Cifar100, gamma), of, minus, measure, sign, double.NaN, measure.Margin);

    private static Measure MeasureOf(PublishedNumber number) => number.Metric switch
    {
        "Average Gap" => Measure.AverageGap,
        "Delta Mid FA" => Measure.Middle,
        "Delta Tail FA" => Measure.Tail,
        var other => throw new Fault($"No measure of this kit is called {other}; correct data/published/numbers.csv."),
    };

    private static double Margin(Measure measure, double deviation) => double.IsNaN(deviation) ? measure.Margin : Math.Max(measure.Margin, deviation);

    private static string Joined(string flags) => string.Concat(flags.Distinct().Order());
}

/// <summary>What kind of statement a claim is, which decides what a verdict of it may say.</summary>
public enum ClaimKind
{
    /// <summary>One method minus another, or one method with and without a part: a sign, and where it was printed a size.</summary>
    Difference,

    /// <summary>Several signs that must hold together: a crossing, a pattern, "nearest of all".</summary>
    Shape,

    /// <summary>One printed number.</summary>
    Number,
}

/// <summary>Whether FaLW's weight rides on a method.</summary>
public enum FaLWWeight
{
    /// <summary>Every forget sample weighs alike.</summary>
    None,

    /// <summary>Eq. 7, with the balance factor.</summary>
    Balanced,

    /// <summary>Eq. 5: the balance factor is off.</summary>
    Unbalanced,
}

/// <summary>Where in the paper: its image set and imbalance. Share, network and training follow from <see cref="Protocol"/>.</summary>
/// <param name="Data">Name of the image set.</param>
/// <param name="Gamma">Imbalance.</param>
public sealed record PaperSetting(string Data, double Gamma)
{
    /// <summary>The paper's spec, before a scale rewrites it.</summary>
    /// <exception cref="Fault">The protocol has no such image set.</exception>
    public ExperimentSpec Spec => new[] { Protocol.Cifar10, Protocol.Cifar100, Protocol.TinyImageNet }.FirstOrDefault(spec => spec.Data.Benchmark.Name == Data) is { } known
        ? known with { Data = known.Data with { Forget = known.Data.Forget with { Gamma = Gamma } } }
        : throw new Fault($"The paper has no setting with {Data}; name CIFAR-10, CIFAR-100 or Tiny-ImageNet.");

    /// <summary>"CIFAR-100, γ 1/2".</summary>
    public override string ToString() => $"{Data}, γ {Fraction(Gamma)}";

    /// <summary>A gamma as the paper writes it: "1/3", "3/2", "2".</summary>
    /// <param name="gamma">Any gamma.</param>
    public static string Fraction(double gamma) =>
        new[] { 1, 2, 3, 4 }.Where(under => gamma * under == Math.Round(gamma * under))
            .Select(under => under == 1 ? Invariant($"{gamma}") : Invariant($"{gamma * under}/{under}"))
            .FirstOrDefault(Invariant($"{gamma:0.###}"));
}

/// <summary>A method as the paper names it.</summary>
/// <param name="Host">Title of the unlearner: "RL", "SalUn", ...</param>
/// <param name="Weight">Whether it carries FaLW's weight.</param>
public sealed record Subject(string Host, FaLWWeight Weight = FaLWWeight.None)
{
    /// <summary>FaLW itself.</summary>
    public static Subject FaLW { get; } = new("RL", FaLWWeight.Balanced);

    /// <summary>The method of a published number.</summary>
    /// <param name="method">Its name in the paper.</param>
    /// <param name="balance">False for FaLW without the balance factor.</param>
    public static Subject Of(string method, bool? balance = null) => method != "FaLW" ? new(method) : balance == false ? FaLW with { Weight = FaLWWeight.Unbalanced } : FaLW;

    /// <summary>"FaLW", "FaLW, factor off", "SalUn", "SalUn + FaLW's weight".</summary>
    public override string ToString() => (Host, Weight) switch
    {
        (_, FaLWWeight.None) => Host,
        ("RL", FaLWWeight.Balanced) => "FaLW",
        ("RL", _) => "FaLW, factor off",
        (_, var weight) => $"{Host} + FaLW's weight{(weight == FaLWWeight.Unbalanced ? ", factor off" : "")}",
    };

    /// <summary>How far a method is from this one: 0 is it, 1 is it with a profile kept in another way (rolling, or refreshed seldom); null is another method.</summary>
    internal int? Distance(Method method)
    {
        if (method.Unlearner.Title != Host) return null;
        if (Weight == FaLWWeight.None) return method.Weighting is UniformWeighting ? 0 : null;
        if (method.Weighting is not ForgettingAwareWeighting weighting) return null;
        var whole = weighting with { Slice = 0, RefreshEvery = 1 };
        var isMeant = Weight == FaLWWeight.Balanced ? whole == Protocol.FaLW.Weighting
            : whole == new ForgettingAwareWeighting(weighting.Tau, Balance: false) || whole == new ForgettingAwareWeighting(Tau: 0);
        return isMeant ? weighting == whole ? 0 : 1 : null;
    }
}

/// <summary>A number of one run, in points, with the distance that counts as none.</summary>
/// <param name="Name">As tables call it.</param>
/// <param name="Margin">Equivalence margin, ours, in points.</param>
/// <param name="Of">The number of a run; NaN where it has none.</param>
public sealed record Measure(string Name, double Margin, Func<RunResult, double> Of)
{
    // Just below the smallest advantage that the paper reports of one method over another (sweep, gamma 1/2: 0.26): a wider margin would pass anything.
    private const double Gap = 0.25;

    // Half of the smallest change that the paper reports of the balance factor (1.85).
    private const double Accuracy = 0.9;

    /// <summary>Mean of the four absolute distances to Retrain.</summary>
    public static Measure AverageGap { get; } = new("Average Gap", Gap, run => run.AverageGap);

    /// <summary>Forget accuracy minus Retrain's; negative is over-forgotten.</summary>
    public static Measure Forget { get; } = new("ΔFA", Accuracy, run => run.Unlearned.ForgetAccuracy - run.Retrain.ForgetAccuracy);

    /// <summary>The same over head classes.</summary>
    public static Measure Head { get; } = new("Δ Head FA", Accuracy, run => Group(run, 0));

    /// <summary>The same over middle classes.</summary>
    public static Measure Middle { get; } = new("Δ Mid FA", Accuracy, run => Group(run, 1));

    /// <summary>The same over tail classes.</summary>
    public static Measure Tail { get; } = new("Δ Tail FA", Accuracy, run => Group(run, 2));

    /// <summary>
    /// How much farther the tail is from Retrain than the head, by |ΔFA|, beyond what two Retrains show of it: few samples lie farther off by chance
    /// alone. NaN without a Retrain of another seed.
    /// </summary>
    public static Measure TailExcess { get; } = new("|Δ Tail FA| − |Δ Head FA| beyond noise", Accuracy, run => run.NoiseFloor() is { } noise ? Skew(run) - Skew(noise) : double.NaN);

    private static double Skew(RunResult run) => Math.Abs(Group(run, 2)) - Math.Abs(Group(run, 0));

    private static double Group(RunResult run, int place) => GroupAccuracy.Of(run.UnlearnedClasses, run.RetrainClasses, run.Groups)[place].Delta;
}

/// <summary>One signed quantity of a claim, measured seed by seed.</summary>
/// <param name="Name">What it is called within its claim.</param>
/// <param name="Setting">Where.</param>
/// <param name="Of">The method.</param>
/// <param name="Minus">The method that is taken off, on the same seed; null for a measure by itself.</param>
/// <param name="Measure">What is measured.</param>
/// <param name="Sign">The paper's sign, -1 or 1; 0 for a number that claims none.</param>
/// <param name="Published">The paper's size; NaN where only the sign is known.</param>
/// <param name="Margin">Distance from the published size that counts as none.</param>
public sealed record Part(string Name, PaperSetting Setting, Subject Of, Subject? Minus, Measure Measure, int Sign, double Published, double Margin)
{
    /// <summary>Parts whose mean over the seeds that all of them have is the quantity, in the place of this part's own; empty for none.</summary>
    public ValueList<Part> MeanOf { get; init; } = [];
}

/// <summary>One statement of the paper that results of this kit can be held against.</summary>
/// <param name="Table">The table or figure it stands in.</param>
/// <param name="Kind">What kind of statement.</param>
/// <param name="Where">The paper's setting in words.</param>
/// <param name="Text">The statement.</param>
/// <param name="Studies">Studies that answer it, in the order they are asked; the first is the one to run.</param>
/// <param name="Parts">What is measured. Of a number: itself, and the difference that stands for it where the scale is not the paper's.</param>
/// <param name="Flags">Marks of remarks on the published numbers.</param>
public sealed record Claim(string Table, ClaimKind Kind, string Where, string Text, ValueList<string> Studies, ValueList<Part> Parts, string Flags = "");

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
