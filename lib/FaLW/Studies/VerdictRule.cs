using FaLW.Metrics;

namespace FaLW.Studies;

/// <summary>What results say of a statement.</summary>
public enum Verdict
{
    /// <summary>At the paper's scale: the direction is there beyond chance, and the size where one was printed.</summary>
    Reproduced,

    /// <summary>The direction is there beyond chance, but the scale is not the paper's, or the size is another.</summary>
    SameDirection,

    /// <summary>What was seen may be chance. The smallest difference that would have shown stands beside it.</summary>
    NoDifferenceDetectable,

    /// <summary>The opposite direction is there beyond chance, or at the paper's scale the printed size is excluded.</summary>
    Contradicted,

    /// <summary>There is no result that could answer.</summary>
    NotRun,
}

/// <summary>A verdict with what it rests on.</summary>
/// <param name="Verdict">The verdict.</param>
/// <param name="Detectable">Smallest true difference that these seeds would have shown in four of five studies, after Holm's correction at its strictest; NaN where nothing could have been seen.</param>
/// <param name="Reason">Why, in a few words; empty where the numbers say it.</param>
public sealed record Judgement(Verdict Verdict, double Detectable = double.NaN, string Reason = "")
{
    /// <summary>"same direction"; "no difference detectable (we could have seen 1.9)".</summary>
    public string Words => Verdict switch
    {
        Verdict.Reproduced => "reproduced",
        Verdict.SameDirection => "same direction",
        Verdict.Contradicted => "contradicted",
        Verdict.NotRun => "not run",
        _ => "no difference detectable" + (double.IsFinite(Detectable) ? Invariant($" (we could have seen {Detectable:0.0})") : ""),
    };
}

/// <summary>What was measured of one <see cref="Part"/> over seeds, and what chance it leaves.</summary>
/// <param name="Ours">Mean and 95 % interval over seeds, of differences paired by seed where there are two methods; no value where nothing was recorded.</param>
/// <param name="Adjusted">P-value of the paired t-test against zero after Holm's correction over the family; NaN below two seeds.</param>
/// <param name="Family">Number of tests in the family, at least 1.</param>
public sealed record Reading(Estimate Ours, double Adjusted, int Family = 1);

/// <summary>From results to verdicts, the same for every table, by the rule in lib/FaLW/Studies/README.md: level 5 %, intervals of 95 %, Holm's correction over the family; margins are <see cref="Measure.Margin"/>, or the printed standard deviation where that is larger.</summary>
public static class VerdictRule
{
    /// <summary>Level of all tests.</summary>
    public const double Level = 0.05;

    /// <summary>The verdict of a claim.</summary>
    /// <param name="claim">The claim.</param>
    /// <param name="readings">One per part.</param>
    /// <param name="isPaper">Whether the results are of the paper's own scale.</param>
    public static Judgement Of(Claim claim, IReadOnlyList<Reading> readings, bool isPaper) => claim.Kind switch
    {
        ClaimKind.Number when isPaper => OfNumber(readings[0], claim.Parts[0].Published, claim.Parts[0].Margin),
        ClaimKind.Number when !HasValue(readings[0]) => new Judgement(Verdict.NotRun),
        ClaimKind.Number => OfPart(claim.Parts[1], readings[1], isPaper) with { Reason = $"{(HasValue(readings[1]) ? "by" : "missing:")} {claim.Parts[1].Name}" },
        ClaimKind.Difference => OfPart(claim.Parts[0], readings[0], isPaper),
        _ => OfShape(claim, [.. claim.Parts.Zip(readings, (part, reading) => OfPart(part, reading, isPaper))]),
    };

    private static Judgement OfPart(Part part, Reading reading, bool isPaper) => OfDifference(reading, part.Sign, part.Published, part.Margin, isPaper);

    /// <summary>The verdict of a difference.</summary>
    /// <param name="reading">What was measured.</param>
    /// <param name="sign">The paper's sign, -1 or 1.</param>
    /// <param name="published">The paper's size; NaN where only the sign is known.</param>
    /// <param name="margin">Distance from the published size that counts as none, not negative.</param>
    /// <param name="isPaper">Whether the results are of the paper's own scale.</param>
    public static Judgement OfDifference(Reading reading, int sign, double published, double margin, bool isPaper)
    {
        if (!HasValue(reading)) return new Judgement(Verdict.NotRun);
        if (Blind(reading) is { } blind) return blind;
        var excluded = Math.Abs(reading.Ours.Mean - published) > reading.Ours.HalfWidth + margin;
        var detectable = Detectable(reading);
        if (reading.Adjusted <= Level)
            return Math.Sign(reading.Ours.Mean) != sign ? new Judgement(Verdict.Contradicted, detectable)
                : !isPaper ? new Judgement(Verdict.SameDirection, detectable)
                : excluded ? new Judgement(Verdict.SameDirection, detectable, "another size than printed") : new Judgement(Verdict.Reproduced, detectable);
        return (excluded, isPaper) switch
        {
            (true, true) => new Judgement(Verdict.Contradicted, detectable, "a difference of the printed size is excluded"),
            (true, false) => new Judgement(Verdict.NoDifferenceDetectable, detectable, "a difference of the printed size is excluded at this scale"),
            _ => new Judgement(Verdict.NoDifferenceDetectable, detectable),
        };
    }

    /// <summary>The verdict of a number at the paper's scale.</summary>
    /// <param name="reading">What was measured.</param>
    /// <param name="published">The printed number.</param>
    /// <param name="margin">Distance from it that counts as none, not negative.</param>
    public static Judgement OfNumber(Reading reading, double published, double margin)
    {
        if (!HasValue(reading)) return new Judgement(Verdict.NotRun);
        if (Blind(reading) is { } blind) return blind;
        var (distance, half) = (Math.Abs(reading.Ours.Mean - published), reading.Ours.HalfWidth);
        var verdict = distance + half <= margin ? Verdict.Reproduced : distance - half > margin ? Verdict.Contradicted : Verdict.NoDifferenceDetectable;
        return new Judgement(verdict, Detectable(reading));
    }

    private static Judgement OfShape(Claim claim, IReadOnlyList<Judgement> parts)
    {
        string Those(Verdict verdict) => string.Join(", ", claim.Parts.Where((_, i) => parts[i].Verdict == verdict).Select(part => part.Name));
        bool Any(Verdict verdict) => parts.Any(part => part.Verdict == verdict);
        if (Any(Verdict.Contradicted)) return new Judgement(Verdict.Contradicted, Reason: claim.Parts.Count == 1 ? parts[0].Reason : $"by {Those(Verdict.Contradicted)}");
        if (Any(Verdict.NotRun)) return new Judgement(Verdict.NotRun, Reason: parts.All(part => part.Verdict == Verdict.NotRun) ? "" : $"missing: {Those(Verdict.NotRun)}");
        if (!Any(Verdict.NoDifferenceDetectable)) return new Judgement(Any(Verdict.SameDirection) ? Verdict.SameDirection : Verdict.Reproduced);
        var open = parts.Where(part => part.Verdict == Verdict.NoDifferenceDetectable).ToArray();
        return new Judgement(Verdict.NoDifferenceDetectable, open.Any(part => double.IsNaN(part.Detectable)) ? double.NaN : open.Max(part => part.Detectable),
            claim.Parts.Count == 1 ? parts[0].Reason : $"may be chance: {Those(Verdict.NoDifferenceDetectable)}");
    }

    private static bool HasValue(Reading reading) => reading.Ours.Count > 0 && double.IsFinite(reading.Ours.Mean);

    /// <summary>Whether seeds differ by more than rounding.</summary>
    internal static bool HasSpread(Estimate ours) => ours.Deviation > 1e-9 * Math.Max(1, Math.Abs(ours.Mean));

    // Shares of few images are coarse: equal numbers on every seed say that the spread is not known, not that there is none.
    private static Judgement? Blind(Reading reading) => reading.Ours.Count < 2 ? new Judgement(Verdict.NoDifferenceDetectable, Reason: "one seed has no interval")
        : !HasSpread(reading.Ours) ? new Judgement(Verdict.NoDifferenceDetectable, Reason: "all seeds alike, so no spread to judge by") : null;

    // What Holm asks of the smallest p of a family, so that no luck with the others is reckoned with.
    private static double Detectable(Reading reading) => DetectableDifference.OfSample(reading.Ours.Deviation, reading.Ours.Count, 1 - Level / Math.Max(1, reading.Family));
}
