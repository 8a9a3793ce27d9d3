using MathNet.Numerics.Distributions;

namespace FaLW.Tests.Studies;

/// <summary>Weights under three laws, on images whose law is known beforehand.</summary>
public sealed class ProfileTests : InFolder
{
    private readonly List<string> said = [];

    /// <summary>Unseen 0.2 and 0.4: mean 0.3, spread 0.1, so 0.4 lies one spread above and weighs 1 + tanh 1.</summary>
    [Fact]
    public void Weights_are_those_of_the_formula()
    {
        var view = View([ClassOdds.Of(0, 0.2), ClassOdds.Of(0, 0.4)], [ClassOdds.Of(0, 0.4), ClassOdds.Of(0, 0.3), ClassOdds.Of(0, 0.1)], [3]);
        var weights = view.Weights(new ForgettingAwareWeighting());
        Assert.Equal([1.761594, 1, 0.035972], weights.Select(w => w), (a, b) => Math.Abs(a - b) < 1e-5);
    }

    /// <summary>Where p is normal the paper's weight is fair; where it crowds below 1 it pushes most images a little. Ranks are fair in both.</summary>
    [Theory]
    [InlineData(false, 0.5, 0.03)]
    [InlineData(true, 0.63, 0.03)]
    public void Under_the_right_law_unseen_images_are_left_alone(bool isCrowded, double pushed, double within)
    {
        double Place(double u) => isCrowded ? 1 + 0.1 * Math.Log(u) : Normal.InvCDF(0.5, 0.1, u);
        var images = Enumerable.Range(0, 400).Select(i => ClassOdds.Of(0, Place((i + 0.5) / 400))).ToValueList();
        var view = View(images, images, [400]);
        Assert.Equal(pushed, WeightCalibration.Of(view, Spread.Gaussian, 0).Pushed, within);
        var ranks = WeightCalibration.Of(view, Spread.Quantile, 0);
        Assert.Equal((0.5, 1.0), (ranks.Pushed, ranks.Mean), (a, b) => Math.Abs(a.Item1 - b.Item1) < 0.02 && Math.Abs(a.Item2 - b.Item2) < 0.02);
        Assert.Equal((0.07, 1.93), (ranks.Low, ranks.High), (a, b) => Math.Abs(a.Item1 - b.Item1) < 0.02 && Math.Abs(a.Item2 - b.Item2) < 0.02);
    }

    [Fact]
    public void All_of_them_err_in_nothing_and_few_err_more_than_many()
    {
        var view = ProfileImages.View();
        var sets = SmallUnseenSet.Of(view, [3, 12, 40, 41], draws: 20, seed: 0);
        Assert.Equal([3, 12, 40], sets.Select(set => set.Size));
        Assert.All(sets[2].MeanErrors, error => Assert.Equal(0, error, 12));
        Assert.All(sets[2].SpreadRatios, ratio => Assert.Equal(1, ratio, 12));
        Assert.All(sets[2].WeightErrors, errors => Assert.All(errors, error => Assert.Equal(0, error, 5)));
        Assert.True(sets[0].MeanErrors.Average() > sets[1].MeanErrors.Average());
        Assert.All(Enumerable.Range(0, 3), way => Assert.True(sets[0].WeightErrors[way].Average() > sets[1].WeightErrors[way].Average()));
    }

    [Fact]
    public void A_trial_is_computed_once_and_then_known_from_its_record()
    {
        ProfileTrial first;
        using (var lab = Open("cache")) first = lab.Profile(TestContext.Current.CancellationToken);
        Assert.Equal(2 * (1 + first.Study.Others.Count), first.Renewals.Count);
        Assert.Equal((first.ForgetCounts.Sum(), 10), (first.Forget.Count, first.Original.HeadToTail.Count));
        Assert.True(first.Original.Forget.Average(image => image.Probability) > first.Retrain.Forget.Average(image => image.Probability));
        using (var lab = Open("cache")) Assert.EndsWith(".json.gz", lab.Keep(first), StringComparison.Ordinal);
        using (var lab = Open("empty")) Assert.Equal(first, lab.Profile(TestContext.Current.CancellationToken));
        Assert.False(Directory.Exists(home["empty"]));
    }

    [Fact]
    public void A_record_that_was_edited_is_told_and_not_used()
    {
        RecordShelf<ProfileTrial> Shelf() => ProfileTrial.Shelf(home.Path, new Listener<string>(said.Add));
        var trial = ProfileImages.Trial();
        Assert.True(Shelf().Keep(trial));
        var path = Assert.Single(Shelf().Files);
        Assert.Equal(trial, Shelf().Find(trial.Study.Stage()));
        Experiments.ResultRecordTests.Edit(path, seal: false, record => record["Result"]!["ForgetCounts"]![0] = 29);
        Assert.True(Shelf().Find(trial.Study.Stage()) is null);
        Assert.Contains("is not used", Assert.Single(said), StringComparison.Ordinal);
        Assert.True(Shelf().Keep(trial));
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..200]);
        Assert.True(Shelf().Find(trial.Study.Stage()) is null);
    }

    [Fact]
    public void The_committed_record_is_sound_and_names_its_commit()
    {
        var shelf = ProfileTrial.Shelf(Path.Combine(Repository.Root, "data", "results"));
        var trial = shelf.Find(ProfileStudy.At(Scale.Class).Stage());
        Assert.NotNull(trial);
        Assert.True(trial.Provenance.NamesCommit, trial.Provenance.Kit);
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(Assert.Single(shelf.Files))!));
    }

    private Lab Open(string cache) => Lab.Open(Scale.Smoke, new LabSettings { Cache = home[cache], Records = home["records"], Device = "cpu", Threads = 1 });

    private static ProfileView View(ValueList<ClassOdds> unseen, ValueList<ClassOdds> forget, ValueList<int> counts) =>
        new(Protocol.Cifar100, "Original", unseen, forget, counts);
}
