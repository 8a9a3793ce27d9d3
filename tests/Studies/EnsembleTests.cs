namespace FaLW.Tests.Studies;

/// <summary>Ensembles on four classes of digits: stages are shared where they may be, members differ where they must.</summary>
public sealed class EnsembleTests : InLab
{
    private static readonly ExperimentSpec Spec = FourClasses with { Unlearner = new FineTune(1, 0.01) { BatchSize = 32, Augmentation = Augmentation.None } };

    [Fact]
    public void Shadows_keep_the_class_profile_and_share_an_Original_between_their_draws()
    {
        using var lab = Open(Scale.Paper);
        var members = lab.Ensemble(Ensemble.Shadows(Spec, 2, 3), TestContext.Current.CancellationToken);
        Assert.Equal(6, members.Count);
        Assert.All(members, member => Assert.Equal(members[0].Splits.ForgetCounts, member.Splits.ForgetCounts));
        Assert.Equal(members[0].Splits.Unseen, members[2].Splits.Unseen);
        Assert.NotEqual(members[0].Splits.Unseen, members[3].Splits.Unseen);
        Assert.NotEqual(members[0].Splits.Forget, members[1].Splits.Forget);
        Assert.All(members, member =>
        {
            Assert.Equal(member.Splits.Unseen, member.Splits.Reference.Concat(member.Splits.HeldBack).Order());
            Assert.All(Enumerable.Range(0, 4), k => Assert.InRange(member.Splits.HeldBack.Count(row => member.Labels[row] == k), 10, 10));
        });
        Assert.Equal(members[0].Original, members[2].Original);
        Assert.NotEqual(members[0].Original, members[3].Original);
        Assert.NotEqual(members[0].Retrain, members[1].Retrain);
        Assert.Equal(2, news.Count(n => n is { Event: LabEvent.Finished } && n.Text.StartsWith("Original", StringComparison.Ordinal)));
        Assert.Equal((28, 0.0), (news[^1].Stages, Math.Round(news[^1].WorkLeft, 9)));
    }

    [Fact]
    public void An_ensemble_grows_without_training_anything_twice_and_tells_the_time_of_each_model()
    {
        using var lab = Open(Scale.Paper);
        var two = lab.Ensemble(Ensemble.Repeated(Spec, 2), TestContext.Current.CancellationToken);
        news.Clear();
        var three = lab.Ensemble(Ensemble.Repeated(Spec, 3), TestContext.Current.CancellationToken);
        Assert.Equal(6, news.Count(n => n.Event == LabEvent.Finished));
        Assert.Equal(two.Select(member => member.Retrain), three.Take(2).Select(member => member.Retrain));
        Assert.Equal(two.Select(member => member.Times), three.Take(2).Select(member => member.Times));
        Assert.Equal(["original", "retrain", "unlearned"], three[2].Times.Select(time => time.Stage));
        Assert.All(three, member => Assert.Equal((three[0].Splits.Hash, member.Labels.Count), (member.Splits.Hash, member.Unlearned.Count)));
    }

    /// <summary>Another process, here the test, makes the first Original and gives it up when all is made that needs it not.</summary>
    [Fact]
    public void What_another_process_is_making_is_passed_over_and_comes_last()
    {
        var specs = Ensemble.Repeated(Spec with { Unlearner = new SaliencyMask(new RandomLabel(2) { BatchSize = 32 }), Weighting = new ForgettingAwareWeighting() }, 2);
        using var alone = Lab.Open(Scale.Paper, Settings with { Cache = home["elsewhere"] });
        var expected = alone.Ensemble(specs, TestContext.Current.CancellationToken);
        news.Clear();

        FileStream? taken = null;
        void GiveUp(LabProgress value)
        {
            Hear(value);
            if (value.Event == LabEvent.Finished && news.Count(n => n.Event == LabEvent.Finished) == 7) taken!.Dispose();
        }

        using var lab = Lab.Open(Scale.Paper, Settings with { Processes = 2, Progress = new Listener<LabProgress>(GiveUp) });
        taken = EntryLock.TryTake(Path.Combine(Directory.CreateDirectory(home["cache/locks"]).FullName, $"{Stage.Original(expected[0].Spec).Key}@{lab.Footing}"));
        var found = lab.Ensemble(specs, TestContext.Current.CancellationToken);
        foreach (var (one, same) in expected.Zip(found))
            Assert.Equal([.. one.Original, .. one.Retrain, .. one.Unlearned], [.. same.Original, .. same.Retrain, .. same.Unlearned]);
        string[] done = [.. news.Where(n => n.Event == LabEvent.Finished).Select(n => n.Text)];
        Assert.Equal((12, $"Original, seed {Spec.Seeds.Training}"), (done.Length, done[7]));
        Assert.Equal(12, done.Distinct(StringComparer.Ordinal).Count() + 3);
        Assert.Equal((12, 0.0), (news[^1].Stages, Math.Round(news[^1].WorkLeft, 9)));
        Assert.DoesNotContain(news, n => n.Event is LabEvent.Notice);
        Assert.All(found.SelectMany(member => member.Times), time => Assert.True(time.Seconds > 0));
    }

    [Fact]
    public void A_fault_in_one_of_several_comes_back_as_it_is_and_loses_nothing_that_was_made()
    {
        using var lab = Lab.Open(Scale.Paper, Settings with { Processes = 2 });
        var broken = Ensemble.Repeated(Spec with { Unlearner = new FineTune(1, 1e30) { BatchSize = 32, Augmentation = Augmentation.None } }, 2);
        Assert.Contains("diverged", Assert.Throws<DivergedException>(() => lab.Ensemble(broken, TestContext.Current.CancellationToken)).Message, StringComparison.Ordinal);
        news.Clear();
        lab.Ensemble(Ensemble.Repeated(Spec, 2), TestContext.Current.CancellationToken);
        Assert.Equal(4, news.Count(n => n.Event == LabEvent.Reused && !n.Text.StartsWith("Margins", StringComparison.Ordinal)));
    }

    [Fact]
    public void Whoever_draws_while_training_says_so()
    {
        Assert.Single(Network.All, network => network.DrawsWhileTraining);
        foreach (var network in Network.All)
        {
            using var model = (network with { Width = 1 }).Create(3, 32, 32, 2, 0, CPU);
            Assert.Equal(model.Module.modules().Any(layer => layer is TorchSharp.Modules.Dropout), model.Network.DrawsWhileTraining);
        }
    }

    /// <summary>A margin is the log-odds of the probability that the run itself stored.</summary>
    [Fact]
    public void Margins_agree_with_the_probabilities_of_the_run()
    {
        using var lab = Open(Scale.Paper);
        var member = lab.Ensemble([Spec], TestContext.Current.CancellationToken)[0];
        var result = lab.Run(Spec)[0];
        Assert.All(result.Samples, sample => Assert.Equal(sample.Retrain, 1 / (1 + Math.Exp(-member.Retrain[sample.Row])), 1e-4));
        Assert.All(result.Samples, sample => Assert.Equal(sample.Unlearned, 1 / (1 + Math.Exp(-member.Unlearned[sample.Row])), 1e-4));
        Assert.Equal(result.Deviation().MeanAbsolute, result.Samples.Average(s => Math.Abs(s.Deviation)), 12);
    }

    /// <summary>Without it FT would walk through the retain set in Retrain's own order and be nearer for that alone; methods keep one order, so that they stay paired.</summary>
    [Fact]
    public void A_method_draws_another_order_than_the_training_of_the_same_seed()
    {
        int[] rows = [.. Enumerable.Range(0, 50)];
        int[][] orders = [.. new[] { 3, new Seeds(3, 3).OfMethods, new Seeds(3, 3).OfRelearning }.Select(seed => Planners.Supervised(rows, rows, 10, seed)(0).Rows)];
        Assert.Equal(3, orders.Select(order => string.Join(' ', order)).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(new Seeds(9, 3).OfMethods, new Seeds(3, 3).OfMethods);
        Assert.NotEqual(new Seeds(3, 3).OfMethods, new Seeds(3, 4).OfMethods);
        Assert.Equal("{\"Training\":3,\"Unlearning\":4}", CanonicalJson.Text(CanonicalJson.Node(new Seeds(3, 4))));
    }

    /// <summary>FT for one epoch at the settings of the training is one more epoch of Original on the retain set; in Retrain's order it would be another model.</summary>
    [Fact]
    public void Fine_tuning_in_the_lab_does_not_walk_in_Retrains_order()
    {
        using var lab = Open(Scale.Paper);
        var seen = lab.Ensemble([Spec with { Seeds = new Seeds(2, 2) }], TestContext.Current.CancellationToken)[0];
        using var images = ImageSet.Load(Spec.Data, CPU, new DataShelf([], ""));
        double[] Tuned(int seed)
        {
            using var original = Spec.Network.Create(1, 8, 8, 4, seed: 2, CPU);
            original.Load(Directory.GetFiles(home.Path, "model.safetensors", SearchOption.AllDirectories).Single(path => path.Contains(Stage.Original(seen.Spec).Key, StringComparison.Ordinal)));
            var (model, _) = Spec.Unlearner.Unlearn(new UnlearningTask(original, images, seen.Splits, Spec.Weighting, seed));
            using (model) return [.. Predictions.WithLogits(model, images, [.. Enumerable.Range(0, images.Count)]).Logits.Margins().Select(margin => Math.Round(margin, 4))];
        }

        Assert.Equal(seen.Unlearned, Tuned(new Seeds(2, 2).OfMethods));
        Assert.NotEqual(seen.Unlearned, Tuned(2));
    }

    [Fact]
    public void The_new_seeds_of_the_forget_rule_are_silent_until_used()
    {
        Assert.Equal("""{"Cap":0.8,"Gamma":1,"Order":"Seeded","Share":0.2}""", CanonicalJson.Text(CanonicalJson.Node(Spec.Data.Forget)));
        var own = Spec.Data with { Forget = Spec.Data.Forget with { OrderSeed = 0, DrawSeed = 0 } };
        int[] labels = [.. Enumerable.Range(0, 400).Select(i => i % 4)];
        Assert.Equal(Splits.Of(Spec.Data, labels, 320, 4).Hash, Splits.Of(own, labels, 320, 4).Hash);
        Assert.NotEqual(Stage.Retrain(Spec).Key, Stage.Retrain(Spec with { Data = own }).Key);
        Assert.Equal(Stage.Original(Spec).Key, Stage.Original(Spec with { Data = own }).Key);
    }
}
