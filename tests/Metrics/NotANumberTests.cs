using System.Collections;
using System.Reflection;
using MathNet.Numerics.LinearAlgebra;

namespace FaLW.Tests.Metrics;

/// <summary>
/// A comparison with NaN is false, so a NaN easily becomes a definite number. Here every public method of Metrics gets one in each
/// of its numbers in turn: what comes out is a sentence, or NaN wherever the answer changed. A method without sample arguments fails.
/// </summary>
public sealed class NotANumberTests
{
    private static readonly ClassGroups Groups = new([0], [1], [2]);
    private static readonly int[] Labels = [0, 0, 1, 1, 2, 2];
    private static readonly double[] Some = [0.9, 0.4, 0.7, 0.2, 0.6, 0.5], Others = [0.3, 0.8, 0.1, 0.35, 0.45, 0.15];
    private static readonly Signal Signals = Signal.Of(Some, Labels), OtherSignals = Signal.Of(Others, Labels);
    private static readonly Prediction Seen = Predicted.Of([.. Some.Select(p => (float)p)], Labels), Unseen = Predicted.Of([.. Others.Select(p => (float)p)], Labels);
    private static readonly ClassRow[] Rows = [new(0, 4, 80, 0.7, 99, 60, 0.5), new(1, 2, 50, 0.6, 98, 55, 0.4), new(2, 1, 40, 0.3, 97, 50, 0.45)];
    private static readonly ClassRow[] RetrainRows = [new(0, 4, 70, 0.6, 99, 61, 0.5), new(1, 2, 55, 0.5, 98, 54, 0.4), new(2, 1, 60, 0.4, 97, 51, 0.45)];
    private static readonly RelearnCurve Curve = new([new(0, 10), new(1, 60), new(2, 90)]);
    private static readonly LikelihoodTarget[] Targets = [.. Enumerable.Range(0, 3).Select(i => new LikelihoodTarget(
        i, [new(1, 0.5 + i), new(2, 1), new(3, 2)], [new(4, -1), new(5, -0.5 - i), new(6, 0.25)]))];

    private static readonly ReferencedMargins Margins = new(Labels, Some, [Others, Some]), OtherMargins = new(Labels, Others, [Some, Others]);

    /// <summary>What the ordinary rule does not fit, and why.</summary>
    private static readonly Dictionary<string, string> Exceptions = new(StringComparer.Ordinal)
    {
        ["Holm.Adjusted"] = "NaN is no test: it stays NaN, and the others are corrected for one test less.",
        ["UnseenStanding.IsSuppressed"] = "A claim is not made where nothing is known.",
    };

    /// <summary>Where infinite numbers have a meaning: an order, a limit of a probability, a distance that is infinite.</summary>
    private static readonly HashSet<string> Limits = new(StringComparer.Ordinal)
    {
        "RankComparison.AreaUnderCurve", "AttackCurve.Of", "DetectableDifference.Power", "RelativeMembership.Of", "RelativeMembership.Scores", "NormalNull.PValue",
        "LogisticRegression.Decide", "NormalFit.Density", "NormalFit.Outside", "ThresholdAttack.IsMember", "RelearnCurve.StepsTo", "RelearnCurve.AnamnesisIndex",
        "MarginDivergence.Binned", "SupportVectorClassifier.Decide", "NormalNull.Level", "DeviationReport.Pattern", "MembershipInference.Of", "ClassRow.Of", "UnseenStanding.IsSuppressed",
    };

    private static readonly Dictionary<string, object?[]> Samples = new(StringComparer.Ordinal)
    {
        ["ClassConditionalAttack.Of"] = [Signals, Signals, OtherSignals, Groups, 0],
        ["ClassRow.Of"] = [Seen, Unseen, Seen, 3],
        ["DetectableDifference.Of"] = [1.5, 5, 0.95, 0.8],
        ["DetectableDifference.OfSample"] = [1.5, 5, 0.95, 0.8, 0.8],
        ["DetectableDifference.Power"] = [1.0, 4, 2.0],
        ["DeviationReport.Of/4"] = [Labels, Some, Others, Groups],
        ["DeviationReport.Of/3"] = [Rows, RetrainRows, Groups],
        ["DeviationReport.ByRetrain"] = [Some, Others],
        ["DeviationReport.Pattern"] = [DeviationReport.Of(Labels, Some, Others, Groups), 0.01],
        ["EntropyAttack.Of"] = [Some, Some, Others],
        ["ForgetGap.Of"] = [Rows, RetrainRows],
        ["GaussianFit.Of"] = [Scattered],
        ["GaussianFit.FrechetDistance"] = [GaussianFit.Of(Scattered), GaussianFit.Of([.. Scattered.Select(row => new[] { row[0] + 1, row[1] * 2 })])],
        ["GroupAccuracy.Of"] = [Rows, RetrainRows, Groups],
        ["Holm.Adjusted"] = [new[] { 0.01, 0.2, 0.04 }],
        ["LogisticRegression.Fit"] = [Some, Others, 1.0],
        ["LogisticRegression.Decide"] = [new LogisticRegression(1, 0.5), 0.3],
        ["MembershipInference.Of"] = [Seen, Seen, Unseen, 0],
        ["GroupForgetting.Of"] = [Rows, RetrainRows, Rows, Groups],
        ["UnseenStanding.Of"] = [Seen, Unseen],
        ["UnseenStanding.IsSuppressed"] = [new UnseenStanding(0.1, 0.9), 80.0, 70.0],
        ["NormalFit.Of"] = [Some],
        ["NormalFit.Density"] = [NormalFit.Of(Some), 0.3],
        ["NormalFit.Outside"] = [NormalFit.Of(Some), 0.1, 0.8],
        ["NormalNull.Of"] = [5, 0, 100],
        ["NormalNull.Level"] = [NormalNull.Of(5, 0, 100), 0.9],
        ["NormalNull.PValue"] = [NormalNull.Of(5, 0, 100), 0.2],
        ["PairedTest.Of"] = [Some, Others, 0.9],
        ["PopulationAttacks.Of"] = [Logits(1), Logits(2), Logits(3), Groups, 0],
        ["Prediction.AccuracyWhere"] = [Seen, (Func<int, bool>)(_ => true)],
        ["Prediction.ProbabilityWhere"] = [Seen, (Func<int, bool>)(_ => true)],
        ["RankComparison.AreaUnderCurve"] = [Signals.Values, OtherSignals.Values],
        ["Scores.AverageGap"] = [new Scores(1, 2, 3, 4), new Scores(2, 4, 1, 5)],
        ["Scores.HasCollapsed"] = [new Scores(1, 50, 3, 4), 10],
        ["Signal.Of/2"] = [Some, Labels],
        ["Signal.Of/1"] = [Signals, 1],
        ["Statistics.Over"] = [Some, 0.9],
        ["SupportVectorClassifier.Fit"] = [Signals.Values, OtherSignals.Values, 3.0],
        ["SupportVectorClassifier.Decide"] = [SupportVectorClassifier.Fit(Signals.Values, OtherSignals.Values), 0.4],
        ["ThresholdAttack.Fit"] = [Signals.Values, OtherSignals.Values],
        ["ThresholdAttack.IsMember"] = [new ThresholdAttack(0.5, 70), 0.6],
        ["AttackCurve.Of"] = [Some, Others],
        ["Divergence.Of"] = [Some],
        ["DistributionMatch.Of"] = [new[] { Some, Others }, new[] { Others, Some, Some, Others }],
        ["InterclassConfusion.Draw"] = [new InterclassConfusion(0, 1, 1), Labels, 6, 0],
        ["InterclassConfusion.Confused"] = [new InterclassConfusion(0, 1, 1), new RawImages(Benchmark.Synthetic, new byte[6 * 64], Labels, 6), new[] { 0, 2 }],
        ["InterclassConfusion.Confusion"] = [new InterclassConfusion(0, 1, 1), Labels, Labels],
        ["LikelihoodRatio.Of"] = [Targets, Groups, 8],
        ["MarginDivergence.Binned"] = [Some, Others],
        ["MarginDivergence.Gaussian"] = [Some, Others],
        ["MarginDivergence.Scaled"] = [Some, Others],
        ["MarginReport.Of"] = [Labels, Some, Others, 3],
        ["RelativeMembership.Of"] = [Margins, OtherMargins, Margins, Groups, 0.3, 1.0],
        ["RelativeMembership.Scores"] = [Margins, OtherMargins, 0.3, 1.0],
        ["RelearnCurve.StepsTo"] = [Curve, 50.0],
        ["RelearnCurve.AnamnesisIndex"] = [Curve, Curve, 50.0],
        ["Wasserstein.Distance"] = [Some, Others],
        ["ZeroRetrainForgetting.Of"] = [Logits(0), Enumerable.Range(1, 5).Select(Logits).ToArray()],
        ["ZeroRetrainForgetting.Divergence"] = [new[] { 0.2, 0.8 }, new[] { 0.6, 0.4 }],
    };

    /// <summary>Those that ask a model, which PredictionsTests gives logits that are not finite.</summary>
    private static readonly string[] OfModels = ["Predictions.Of", "Predictions.WithLogits", "Predictions.TrueClassProbability"];

    private static double[][] Scattered => [[0, 1], [1, 0], [2, 2], [0.5, 3]];

    public static TheoryData<string> Names => [.. Samples.Keys];

    [Fact]
    public void Every_public_method_has_a_sample() => Assert.Equal(
        Methods().Select(method => method.Name).Except(OfModels).Order(StringComparer.Ordinal), Samples.Keys.Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Names))]
    public void A_NaN_stays_one_or_ends_in_a_sentence(string name)
    {
        var clean = Numbers(Call(name, () => Samples[name]).Result!).ToArray();
        foreach (var (place, unread, result, fault) in Poisoned(name, double.NaN))
        {
            if (fault is not null) DemandSentence(fault, place);
            else if (Exceptions.ContainsKey(name)) Assert.Contains(Numbers(result!), number => double.IsNaN(number) || result is false || (result is true && unread));
            else
            {
                double[] numbers = [.. Numbers(result!)];
                Assert.True(numbers.Any(double.IsNaN) || (unread && numbers.SequenceEqual(clean)), $"{place}: no number of {string.Join(", ", numbers)} is NaN.");
                Assert.All(numbers.Zip(clean), pair => Assert.True(double.IsNaN(pair.First) || pair.First == pair.Second, $"{place}: a NaN turned {pair.Second} into {pair.First}."));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void An_infinity_without_a_meaning_is_told_or_leaves_no_definite_answer(string name)
    {
        if (Limits.Contains(name)) return;
        double[] clean = [.. Numbers(Call(name, () => Samples[name]).Result!)];
        foreach (var (place, unread, result, fault) in Poisoned(name, double.PositiveInfinity).Concat(Poisoned(name, double.NegativeInfinity)))
        {
            if (fault is not null) DemandSentence(fault, place);
            else Assert.True(Numbers(result!).Any(number => !double.IsFinite(number)) || (unread && Numbers(result!).SequenceEqual(clean)), $"{place}: an infinity became definite numbers.");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Nothing_at_all_is_NaN_or_ends_in_a_sentence(string name)
    {
        for (var i = 0; i < Samples[name].Length; i++)
        {
            if (Samples[name][i] is not Array full || full.Length == 0) continue;
            var (result, fault) = Call(name, () => (object?[])With(Samples[name], i, Array.CreateInstance(full.GetType().GetElementType()!, 0)));
            if (fault is not null) DemandSentence(fault, $"{name}, argument {i} empty");
            else Assert.True(result is ICollection { Count: 0 } || name == "InterclassConfusion.Confused" || Numbers(result!).Any(double.IsNaN) || Numbers(result!).All(n => n == 0), $"{name}, argument {i} empty: {result}");
        }
    }

    [Theory]
    [InlineData("DeviationReport.Of/4")]
    [InlineData("DeviationReport.Of/3")]
    [InlineData("DeviationReport.ByRetrain")]
    [InlineData("ForgetGap.Of")]
    [InlineData("GroupAccuracy.Of")]
    [InlineData("PairedTest.Of")]
    [InlineData("Signal.Of/2")]
    [InlineData("MarginReport.Of")]
    [InlineData("InterclassConfusion.Confusion")]
    [InlineData("ZeroRetrainForgetting.Divergence")]
    public void Lists_of_different_lengths_end_in_a_sentence(string name)
    {
        foreach (var i in Enumerable.Range(0, Samples[name].Length).Where(i => Samples[name][i] is Array))
        {
            var full = (Array)Samples[name][i]!;
            var shorter = Array.CreateInstance(full.GetType().GetElementType()!, full.Length - 1);
            Array.Copy(full, shorter, full.Length - 1);
            DemandSentence(Call(name, () => (object?[])With(Samples[name], i, shorter)).Fault, $"{name}, argument {i} shorter");
        }
    }

    [Fact]
    public void Records_of_lists_are_as_long_as_their_labels()
    {
        Assert.Throws<Fault>(() => new Signal([1], [0, 1]));
        Assert.Throws<Fault>(() => new Prediction([0.5f], [1], [0], [0], [0, 1]));
        Assert.Throws<Fault>(() => new ReferencedMargins([0], [1, 2], []));
        Assert.Throws<Fault>(() => new ReferencedMargins([0], [1], [[1, 2]]));
        Assert.Throws<Fault>(() => ZeroRetrainForgetting.Of(new LogitTable([], 3, []), [.. Enumerable.Range(1, 5).Select(Logits)]));
        Assert.Throws<ArgumentException>(() => new LogitTable([1, 2], 2, [2]));
    }

    private static void DemandSentence(Exception? fault, string place)
    {
        Assert.True(fault is Fault or ArgumentException, $"{place}: {fault?.GetType().Name ?? "nothing"} is no fault with a sentence. {fault?.StackTrace}");
        Assert.True(fault!.Message.Split(' ').Length > 4 && fault.Message.Contains('.', StringComparison.Ordinal), $"{place}: '{fault.Message}' is no sentence.");
    }

    // The receiver of an instance method is its first argument. To make the arguments may be refused as well.
    private static (object? Result, Exception? Fault) Call(string name, Func<object?[]> make)
    {
        object?[] arguments;
        try
        {
            arguments = make();
        }
        catch (Exception fault) when (fault is Fault or ArgumentException or TargetInvocationException)
        {
            return (null, fault.InnerException ?? fault);
        }

        var method = Methods().Single(m => m.Name == name).Method;
        try
        {
            return (method.Invoke(method.IsStatic ? null : arguments[0], method.IsStatic ? arguments : arguments[1..]), null);
        }
        catch (TargetInvocationException fault)
        {
            return (null, fault.InnerException);
        }
    }

    // A method may well leave a member of a record unread, but never a number or a list it was given.
    private static IEnumerable<(string Place, bool MayBeUnread, object? Result, Exception? Fault)> Poisoned(string name, double poison) =>
        from i in Enumerable.Range(0, Samples[name].Length)
        from copy in Copies(Samples[name][i], poison)
        let answer = Call(name, () => (object?[])With(Samples[name], i, copy.Make()))
        select ($"{name}, argument {i}, {copy.Place}", copy.Place.Contains('.', StringComparison.Ordinal), answer.Result, answer.Fault);

    // Every copy of a value in which one number is replaced; making it may be refused.
    private static IEnumerable<(string Place, Func<object?> Make)> Copies(object? value, double poison)
    {
        switch (value)
        {
            case double or float:
                yield return ("itself", () => value is double ? poison : (object)(float)poison);
                break;
            case LogitTable logits:
                yield return ("a logit", () => new LogitTable([.. Enumerable.Range(0, logits.Count).SelectMany(i => logits[i].ToArray()).Select((l, i) => i == 4 ? (float)poison : l)], logits.Classes, logits.Labels));
                break;
            case Vector<double> or Matrix<double>:
                yield return ("an entry", () => OfAlgebra(value, poison));
                break;
            case Array list:
                foreach (var i in new[] { 0, list.Length - 1 }.Distinct().Where(i => i >= 0))
                    foreach (var (place, make) in Copies(list.GetValue(i), poison))
                        yield return ($"[{i}] {place}", () => With(list, i, make()));
                break;
            case { } record when record.GetType().GetMethod("<Clone>$") is not null || record is Observation or ReferencedMargins:
                foreach (var copy in OfRecord(record, poison)) yield return copy;
                break;
            case IEnumerable list when value is not string and not Delegate && value.GetType().IsGenericType:
                object?[] items = [.. list.Cast<object?>()];
                for (var i = 0; i < Math.Min(items.Length, 2); i++)
                {
                    var at = i;
                    foreach (var (place, make) in Copies(items[i], poison))
                        yield return ($"[{i}] {place}", () => Like(value, With(ToArray(items, value.GetType().GetGenericArguments()[0]), at, make())));
                }
                break;
        }
    }

    private static object OfAlgebra(object value, double poison) => value is Vector<double> vector
        ? vector.MapIndexed((i, number) => i == 0 ? poison : number)
        : ((Matrix<double>)value).MapIndexed((i, j, number) => (i, j) == (0, 1) ? poison : number);

    private static IEnumerable<(string Place, Func<object?> Make)> OfRecord(object record, double poison)
    {
        var type = record.GetType();
        var constructor = type.GetConstructors().Where(c => c.GetParameters().Length > 0 && c.GetParameters()[0].ParameterType != type).MaxBy(c => c.GetParameters().Length);
        if (constructor is null) yield break;
        var parameters = constructor.GetParameters();
        object?[] values = [.. parameters.Select(p => type.GetProperty(p.Name!)!.GetValue(record))];
        for (var i = 0; i < values.Length; i++)
        {
            var at = i;
            foreach (var (place, make) in Copies(values[i], poison))
                yield return ($".{parameters[i].Name} {place}", () => constructor.Invoke([.. values[..at], make(), .. values[(at + 1)..]]));
        }
    }

    private static Array With(Array list, int at, object? item)
    {
        var copy = (Array)list.Clone();
        copy.SetValue(item, at);
        return copy;
    }

    // Anything but the kit's own list takes an array in its place.
    private static object Like(object list, Array items) => list.GetType().GetGenericTypeDefinition() == typeof(ValueList<>)
        ? Activator.CreateInstance(list.GetType(), BindingFlags.Instance | BindingFlags.NonPublic, binder: null, [items], culture: null)!
        : items;

    private static Array ToArray(object?[] items, Type of)
    {
        var array = Array.CreateInstance(of, items.Length);
        Array.Copy(items, array, items.Length);
        return array;
    }

    /// <summary>Every number in an answer, in one order; an unknown pattern is no number.</summary>
    private static IEnumerable<double> Numbers(object? value) => value switch
    {
        null or string or Type or Delegate => [],
        double number => [number],
        float number => [number],
        int number => [number],
        bool yes => [yes ? 1 : 0],
        DeviationPattern pattern => [pattern == DeviationPattern.Unknown ? double.NaN : (double)pattern],
        Matrix<double> numbers => numbers.Enumerate(),
        IEnumerable list => list.Cast<object?>().SelectMany(Numbers),
        _ => value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.GetIndexParameters().Length == 0 && p.Name != "EqualityContract").SelectMany(p => Numbers(p.GetValue(value))),
    };

    private static IEnumerable<(string Name, MethodInfo Method)> Methods()
    {
        Type[] parts = [typeof(Demand), typeof(Means), typeof(ShadowSets), typeof(EvaluationMode)];
        var types = typeof(Scores).Assembly.GetTypes().Where(type => type.Namespace == "FaLW.Metrics" && !type.IsEnum && !type.IsNested).Except(parts);
        var methods = types.SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Concat(type.GetMethods(BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.DeclaredOnly).Where(m => m.IsAssembly && m.Name == "Of"))
            .Where(m => !m.IsSpecialName && m.Name is not ("Equals" or "GetHashCode" or "ToString" or "Deconstruct" or "<Clone>$")).Select(m => (Type: type.Name, Method: m))).ToArray();
        return methods.Select(m => (
            methods.Count(other => (other.Type, other.Method.Name) == (m.Type, m.Method.Name)) == 1 ? $"{m.Type}.{m.Method.Name}" : $"{m.Type}.{m.Method.Name}/{m.Method.GetParameters().Length}", m.Method));
    }

    private static LogitTable Logits(int salt) => new([.. Enumerable.Range(0, 18).Select(i => (float)Math.Sin((3 * i) + salt))], 3, Labels);
}
