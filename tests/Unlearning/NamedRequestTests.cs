using FaLW.Tests.Weighting;

namespace FaLW.Tests.Unlearning;

/// <summary>Requests that name what is to go: one image, one class, all classes but one. Every method and every weighting gives a model of finite numbers, or a sentence.</summary>
public sealed class NamedRequestTests : IDisposable
{
    private const int Classes = 4;

    private static readonly DataSpec Few = World.Spec with { FirstClasses = Classes, TrainPerClass = 20 };

    private readonly ImageSet images = ImageSet.Load(Few, CPU, new DataShelf([], ""));
    private readonly Classifier original = (Network.ResNet8 with { Width = 4 }).Create(1, 8, 8, Classes, seed: 1, CPU);

    public static TheoryData<Unlearner, LossWeighting> Methods =>
    [
        .. EquivalenceTests.Methods,
        .. from weighting in IdentityTests.All
           let method = new GradientAscent(1, 0.01) { BatchSize = 64 }
           where Pairing.Objection(method, weighting) is null
           select new TheoryDataRow<Unlearner, LossWeighting>(method, weighting),
    ];

    [Theory]
    [MemberData(nameof(Methods))]
    public void Every_method_gives_a_model_or_a_sentence(Unlearner method, LossWeighting weighting)
    {
        ForgetRule[] rules = [ForgetRule.OfImages(7), ForgetRule.OfClasses(3), ForgetRule.AllBut(3, of: Classes)];
        Assert.All(rules, rule =>
        {
            var splits = Splits.Of(Few with { Forget = rule }, images.HostLabels, images.TrainCount, Classes);
            UnlearningTask task = new(original, images, splits, weighting, Seed: 0);
            if (method is ClosedFormBridge && splits.Forget.Count == 1)
            {
                Assert.Contains("No soft weights of 1 image meet the 2 demands", Assert.Throws<Fault>(() => method.Unlearn(task)).Message, StringComparison.Ordinal);
                return;
            }
            var (model, log) = method.Unlearn(task);
            using var _ = model;
            Assert.True(Guest.IsFinite(model));
            Assert.All(Predictions.Of(model, images, splits.Test).TrueClassProbability, p => Assert.InRange(p, 0, 1));
            Assert.All(log.Weights, epoch => Assert.True(double.IsFinite(epoch.Mean)));
        });
    }

    [Fact]
    public void A_class_named_image_by_image_leaves_nothing_to_compare_with_and_the_sentence_says_what_helps()
    {
        var whole = Few with { Forget = ForgetRule.OfImages(Enumerable.Range(0, images.TrainCount).Where(row => images.HostLabels[row] == 3)) };
        var task = new UnlearningTask(original, images, Splits.Of(whole, images.HostLabels, images.TrainCount, Classes), new ForgettingAwareWeighting(), Seed: 0);
        Assert.Contains("class 3 has no unseen sample; leave some of its images out of the request", Assert.Throws<Fault>(() => new GradientAscent(1, 0.01).Unlearn(task)).Message, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        original.Dispose();
        images.Dispose();
    }
}
