using FaLW.Data;
using FaLW.Metrics;
using MathNet.Numerics.Distributions;

namespace FaLW.Tests.Metrics;

public sealed class LikelihoodRatioTests
{
    private static readonly ClassGroups Groups = new([0], [1], [2]);

    /// <summary>
    /// Nothing was memorised, but models of one shadow agree on a sample (they share an Original). Only a fit that leaves the whole
    /// shadow out finds nothing; left out one by one, siblings betray each other and the attack "succeeds".
    /// </summary>
    [Fact]
    public void Siblings_do_not_betray_each_other()
    {
        var honest = LikelihoodRatio.Of(Targets(siblings: 3, effect: 0), Groups);
        Assert.InRange(honest.Curve.Area, 0.45, 0.55);
        var fooled = LikelihoodRatio.Of(Targets(siblings: 3, effect: 0).Select(Scattered), Groups);
        Assert.True(fooled.Curve.Area > 0.58, $"{fooled.Curve}");
    }

    [Fact]
    public void What_is_remembered_is_found()
    {
        var found = LikelihoodRatio.Of(Targets(siblings: 1, effect: 3), Groups);
        Assert.InRange(found.Curve.Area, 0.9, 1);
        Assert.True(found.Curve.AtOnePercent > 0.2, $"{found.Curve}");
        Assert.Equal(["Head", "Middle", "Tail"], found.Groups.Select(group => group.Name));
        Assert.Equal(found.Curve.Members, found.Groups.Sum(group => group.Curve.Members));
    }

    /// <summary>Forgotten 0, 2; unseen -4, -2, 0. Forgotten 2, the second, is judged without itself and without the second unseen: means 0 and -2, pooled deviations sqrt 2 and 2.</summary>
    [Fact]
    public void A_score_by_hand()
    {
        var target = new LikelihoodTarget(0, 0, [new(1, 0), new(2, 2)], [new(3, -4), new(4, -2), new(5, 0)]);
        double Score(Observation observation) => LikelihoodRatio.Score(target, observation, (Math.Sqrt(2), 2), own: 8);
        double Log(double m, double mean, double deviation) => Normal.PDFLn(mean, deviation, m);
        Assert.Equal(Log(2, 0, Math.Sqrt(2)) - Log(2, -2, 2), Score(target.Forgotten[1]), 1e-12);
        Assert.Equal(Log(-4, 2, Math.Sqrt(2)) - Log(-4, -1, 2), Score(target.Unseen[0]), 1e-12);
    }

    [Fact]
    public void Enough_observations_are_fitted_with_their_own_deviation()
    {
        var target = new LikelihoodTarget(0, 0, [new(1, 0), new(2, 2), new(3, 7)], [new(4, 0), new(5, 1), new(6, 9)]);
        Assert.Equal(Normal.PDFLn(1, Math.Sqrt(2), 7) - Normal.PDFLn(0.5, Math.Sqrt(0.5), 7), LikelihoodRatio.Score(target, target.Forgotten[2], (100, 1), own: 2), 1e-12);
    }

    [Fact]
    public void Samples_seen_by_one_shadow_take_no_part() =>
        Assert.Equal(0, LikelihoodRatio.Of([new LikelihoodTarget(0, 0, [new(1, 0), new(1, 1)], [new(2, 0), new(3, 1)])], Groups).Targets);

    private static LikelihoodTarget Scattered(LikelihoodTarget target) => target with
    {
        Forgotten = [.. target.Forgotten.Select((o, i) => new Observation(i, o.Margin))],
        Unseen = [.. target.Unseen.Select((o, i) => new Observation(1000 + i, o.Margin))],
    };

    private static List<LikelihoodTarget> Targets(int siblings, double effect)
    {
        var draw = new Random(5);
        double Noise() => Normal.Sample(draw, 0, 1);
        Observation[] Shadows(int from, int count, double shift) => [.. Enumerable.Range(from, count).SelectMany(shadow =>
        {
            var shared = Noise();
            return Enumerable.Range(0, siblings).Select(_ => new Observation(shadow, shift + shared + 0.3 * Noise()));
        })];
        return [.. Enumerable.Range(0, 300).Select(i => new LikelihoodTarget(i, i % 3, Shadows(0, 4, effect), Shadows(10, 6, 0)))];
    }
}
