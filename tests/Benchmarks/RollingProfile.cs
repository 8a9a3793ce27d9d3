namespace FaLW.Benchmarks;

/// <summary>
/// What a rolling profile costs and how true it stays: per slice size the time of the unlearning in times of plain RL, and, along
/// that very run, the mean absolute distance of its weights from those of Algorithm 1 for the same model and batch.
/// </summary>
internal static class RollingProfile
{
    private const double Fast = 0.1, Slow = 0.01;

    public static void Print(string scale, int rounds, int threads)
    {
        var spec = Spec(Scale.Named(scale));
        set_num_threads(threads);
        using var images = ImageSet.Load(spec.Data, CPU, DataShelf.Default());
        var splits = Splits.Of(spec.Data, images.HostLabels, images.TrainCount, images.Classes);
        using var original = Trained(spec, images, splits);
        var method = ((RandomLabel)spec.Unlearner) with { LearningRate = Fast };
        Console.WriteLine(FormattableString.Invariant($"{spec.Data.Benchmark.Name}, {spec.Network.Name}: {splits.Forget.Count} to forget, {splits.Retain.Count} retained, {splits.Unseen.Count} unseen; {method.Epochs} epochs, batch {method.BatchSize}; median of {rounds} interleaved rounds."));
        Console.WriteLine("\n| profile | forward work, times RL | time, times RL | mean abs. weight error at rate 0.1 | largest of a step | at rate 0.01 | largest of a step |\n|---|---|---|---|---|---|---|");
        UnlearningTask Task(LossWeighting weighting) => new(original, images, splits, weighting, 0);
        ForgettingAwareWeighting[] all = [.. Settings(splits.Unseen.Count)];
        var (plain, times) = Times(method, Task, all, rounds);
        foreach (var (weighting, seconds) in all.Zip(times))
        {
            var (errors, evaluated) = Errors(method, Task(weighting));
            var (slower, _) = Errors(method with { LearningRate = Slow }, Task(weighting));
            var work = evaluated / 3.0 / (method.Epochs * (splits.Forget.Count + splits.Retain.Count));
            Console.WriteLine(FormattableString.Invariant(
                $"| {Name(weighting)} | {1 + work:F2} | {seconds / plain:F2} | {errors.Average():F4} | {errors.Max():F4} | {slower.Average():F4} | {slower.Max():F4} |"));
        }
    }

    // FaLW as the main study has it at this scale; the learning rates are named in the table.
    private static ExperimentSpec Spec(Scale scale)
    {
        using var lab = Lab.Open(scale);
        return lab.Rewrite([Study.Main.Specs(scale, 1).Single(spec => spec.Title == "FaLW")])[0];
    }

    private static IEnumerable<ForgettingAwareWeighting> Settings(int unseen)
    {
        yield return new ForgettingAwareWeighting();
        foreach (var every in (int[])[5, 20]) yield return new ForgettingAwareWeighting(RefreshEvery: every);
        foreach (var slice in (int[])[256, 128, 64, 32, 16]) if (slice < unseen) yield return new ForgettingAwareWeighting { Slice = slice };
    }

    private static string Name(ForgettingAwareWeighting weighting) => weighting.Slice > 0
        ? FormattableString.Invariant($"rolling, {weighting.Slice} a step")
        : FormattableString.Invariant($"whole, every {weighting.RefreshEvery}");

    private static Classifier Trained(ExperimentSpec spec, ImageSet images, Splits splits)
    {
        var model = spec.Network.Create(images.Benchmark.Channels, images.Benchmark.Height, images.Benchmark.Width, images.Classes, 0, CPU);
        var kept = Environment.GetEnvironmentVariable("FALW_BENCHMARK_ORIGINAL");
        if (kept is not null && File.Exists(kept))
        {
            model.Load(kept);
            return model;
        }

        int[] rows = [.. splits.Forget.Concat(splits.Retain).Order()];
        Trainer.Fit(model, images, spec.Training, Planners.Supervised(rows, images.HostLabels, spec.Training.BatchSize, 0), Objectives.CrossEntropy, 0);
        if (kept is not null) model.Save(kept);
        return model;
    }

    private static (double Plain, double[] Weighted) Times(
        RandomLabel method, Func<LossWeighting, UnlearningTask> task, ForgettingAwareWeighting[] all, int rounds)
    {
        double Seconds(LossWeighting weighting)
        {
            var start = Stopwatch.GetTimestamp();
            method.Unlearn(task(weighting)).Model.Dispose();
            return Stopwatch.GetElapsedTime(start).TotalSeconds;
        }

        LossWeighting[] everyone = [new UniformWeighting(), .. all];
        double[][] measured = [.. Enumerable.Range(0, rounds).Select(_ => everyone.Select(Seconds).ToArray())];
        double[] medians = [.. Enumerable.Range(0, everyone.Length).Select(i => measured.Select(round => round[i]).Order().ElementAt(rounds / 2))];
        return (medians[0], medians[1..]);
    }

    // Per step the mean over its forget samples of |weight - weight with the whole profile of the same model|.
    private static (double[] Errors, long Evaluated) Errors(RandomLabel method, UnlearningTask task)
    {
        using var exact = new ProfileKeeper(task with { Weighting = new ForgettingAwareWeighting() });
        var comparing = new Comparing(task.Weighting);
        using var weighted = new WeightedObjective(task with { Weighting = comparing }, SampleLosses.ToTargets);
        using var model = task.Original.Copy();
        Tensor Objective(Classifier current, Batch batch)
        {
            comparing.Exact = exact.At(current);
            return weighted.Loss(current, batch);
        }

        Trainer.Fit(model, task.Images, method.Training, epoch => method.Plan(task, epoch), Objective, task.Seed);
        return ([.. comparing.Found.Where(double.IsFinite)], weighted.Evaluated);
    }

    private sealed record Comparing(LossWeighting Inner) : LossWeighting
    {
        public UnseenLaw? Exact { get; set; }

        public List<double> Found { get; } = [];

        public override int ProfileEvery => Inner.ProfileEvery;

        public override int ProfileSlice => Inner.ProfileSlice;

        public override Tensor Weights(ForgetState state)
        {
            var weights = Inner.Weights(state);
            var exact = Inner.Weights(state with { ZScore = Exact!.ZScore(state.Probability, state.Labels) });
            Found.Add((weights - exact).abs().mean().item<float>());
            return weights;
        }
    }
}
