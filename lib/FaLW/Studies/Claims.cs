using FaLW.Data;

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
            [Alone("γ 0", 0, "SalUn", Measure.Forget, -1), Alone("γ 2", 2, "SalUn", Measure.Forget, 1)]);
        foreach (var host in new[] { "RL", "SalUn" })
        {
            yield return Shape("Figure 1b", "CIFAR-100, γ 1 (the figure's is not known)", $"{host}: head under-forgotten, tail over-forgotten", ["main", "sweep"],
                [Alone("head", 1, host, Measure.Head, 1), Alone("tail", 1, host, Measure.Tail, -1)]);
            yield return Shape("Figure 1b", "CIFAR-100, γ 1 (the figure's is not known)", $"{host}: the tail is farther from Retrain than the head", ["main", "sweep"],
                [Alone("tail beyond head", 1, host, Measure.TailExcess, 1)]);
        }

        yield return Shape("balance factor", "CIFAR-100, γ 3/2 and 2", "The factor brings middle and tail nearer", ["balance"],
            [.. Balance().Select(claim => claim.Parts[0]).Select(part => part with { Name = $"{part.Measure.Name}, γ {PaperSetting.Fraction(part.Setting.Gamma)}" })]);
        yield return Mean("balance factor", "CIFAR-100, γ 3/2 and 2", "The factor brings middle and tail nearer, mean of all four", ["balance"], Balance());
        yield return Shape("balance factor", "CIFAR-100, γ 3/2 and 2", "The factor costs the head a little forget accuracy", ["balance"],
            [.. new[] { 1.5, 2 }.Select(gamma => Pair($"γ {PaperSetting.Fraction(gamma)}", gamma, Subject.FaLW, Subject.FaLW with { Weight = FaLWWeight.Unbalanced }, Measure.Head))]);
        yield return Shape("appendix: plug and play", "CIFAR-100, γ 1 (the appendix's is not known)", "FaLW's weight brings other methods nearer", ["plug"],
            [.. new[] { "SalUn", "GA" }.Select(host => Pair(host, 1, new Subject(host, FaLWWeight.Balanced), new Subject(host), Measure.AverageGap))]);
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
        return new Claim(table, ClaimKind.Shape, where, FormattableString.Invariant($"{text} (printed: {(published < 0 ? "−" : "")}{Math.Abs(published):0.00})"), studies,
            [all[0] with { Name = "mean", Published = published, MeanOf = [.. all] }]);
    }

    // Of a shape only signs count: sizes are judged where they were printed.
    private static Claim Shape(string table, string where, string text, ValueList<string> studies, IEnumerable<Part> parts) =>
        new(table, ClaimKind.Shape, where, text, studies, [.. parts.Select(part => part with { Published = double.NaN })]);

    private static Part Alone(string name, double gamma, string host, Measure measure, int sign) =>
        new(name, new PaperSetting(Cifar100, gamma), new Subject(host), null, measure, sign, double.NaN, measure.Margin);

    private static Part Pair(string name, double gamma, Subject of, Subject minus, Measure measure) =>
        new(name, new PaperSetting(Cifar100, gamma), of, minus, measure, -1, double.NaN, measure.Margin);

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
