using FaLW.Data;
using FaLW.Models;
using FaLW.Training;
using FaLW.Unlearning;
using FaLW.Weighting;
using static TorchSharp.torch;

namespace FaLW.Studies;

/// <summary>
/// One run of FaLW by Algorithm 1 with others looking on: each keeps a profile in its own way, and what its weights would have been is
/// compared with what they are. All see the same models, so they differ in nothing but the profile.
/// </summary>
internal static class RenewalRun
{
    /// <summary>Runs once.</summary>
    /// <param name="method">Random labels.</param>
    /// <param name="task">What to unlearn; its weighting is not looked at.</param>
    /// <param name="others">Who looks on.</param>
    /// <returns>Algorithm 1 itself first, then the others in order.</returns>
    public static IReadOnlyList<Renewal> Of(RandomLabel method, UnlearningTask task, IReadOnlyList<ForgettingAwareWeighting> others)
    {
        ProfileKeeper[] keepers = [.. others.Select(weighting => new ProfileKeeper(task with { Weighting = weighting }))];
        var audience = new Audience(keepers.Length);
        using var weighted = new WeightedObjective(task with { Weighting = audience }, SampleLosses.ToTargets);
        using var model = task.Original.Copy();
        var trained = 0L;
        Tensor Objective(Classifier current, Batch batch)
        {
            audience.Laws = [.. keepers.Select(keeper => keeper.At(current))];
            trained += batch.Labels.shape[0];
            return weighted.Loss(current, batch);
        }

        Trainer.Fit(model, task.Images, method.Training, epoch => method.Plan(task, epoch), Objective, task.Seed, progress: task.Progress, cancellation: task.Cancellation);
        foreach (var keeper in keepers) keeper.Dispose();
        Renewal Found(int every, int slice, long evaluated, double mean, double largest) => new(method.LearningRate, every, slice, evaluated, trained, mean, largest);
        return
        [
            Found(1, 0, weighted.Evaluated, 0, 0),
            .. others.Select((weighting, i) => Found(weighting.RefreshEvery, weighting.Slice, keepers[i].Evaluated, audience.Mean(i), audience.Largest[i])),
        ];
    }

    // Algorithm 1's weights, and beside them what each of the others would have given.
    private sealed record Audience(int Others) : LossWeighting
    {
        private static readonly ForgettingAwareWeighting Exact = new();
        private readonly double[] sums = new double[Others];
        private long judged;

        public UnseenLaw[] Laws { get; set; } = [];

        public double[] Largest { get; } = new double[Others];

        public override int ProfileEvery => Exact.ProfileEvery;

        public double Mean(int other) => sums[other] / judged;

        public override Tensor Weights(ForgetState state)
        {
            var weights = Exact.Weights(state);
            var count = state.Labels.shape[0];
            if (count == 0) return weights;
            judged += count;
            for (var i = 0; i < Others; i++)
            {
                using var scope = NewDisposeScope();
                var error = (Exact.Weights(state with { ZScore = Laws[i].ZScore(state.Probability, state.Labels) }) - weights).abs().mean().item<float>();
                sums[i] += error * count;
                Largest[i] = Math.Max(Largest[i], error);
            }

            return weights;
        }
    }
}
