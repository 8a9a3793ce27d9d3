namespace FaLW.Tests.Experiments;

/// <summary>
/// Keys name records and cache entries, so opening the kit to everybody's types must not move one of its own. The texts were written down
/// before; a change of protocol or of a default changes them, and then they are written down again.
/// </summary>
public sealed class KeyPinsTests
{
    private static readonly ExperimentSpec Spec = Protocol.Cifar100;

    private static readonly Dictionary<string, ExperimentSpec> Specs = new(StringComparer.Ordinal)
    {
        ["paper"] = Spec,
        ["fine-tuning"] = Spec with { Unlearner = new FineTune(1, 0.1) { ChannelsLast = true }, Weighting = new UniformWeighting(), Network = Network.ResNet8 with { Width = 8 } },
        ["saliency"] = Spec with { Unlearner = new SaliencyMask(new RandomLabel(5, 0.03), 0.2, MaskMode.GradientOnly), Weighting = new LossBasedWeighting(0.5, LossSource.Static) { Ceiling = 4 } },
        ["ascent"] = Spec with { Unlearner = new GradientAscent(1, 1e-5, EvaluationMode: true), Weighting = new SoftWeighting(Signed: true), Network = Network.Vgg16Bn },
        ["scrub"] = Spec with { Unlearner = new Scrub(4, 1e-3, 1, 0.5, 0.5, 2) { BatchSize = 32, ForgetBatchSize = 16 }, Weighting = new ClassBalancedWeighting(0.99) },
        ["influence"] = Spec with { Unlearner = new InfluenceUnlearning(3, InfluenceInverse.PublishedRecursion, 20, 0.5) { Augmentation = Augmentation.CropFlip }, Weighting = new UniformWeighting(), Network = Network.Linear },
        ["dampening"] = Spec with { Unlearner = new SelectiveSynapticDampening(2, 0.5, 1), Weighting = new UniformWeighting(), Network = Network.Perceptron with { Width = 32 } },
        ["bridge"] = Spec with { Unlearner = new ClosedFormBridge(0.5, 3, 0.2), Weighting = new UniformWeighting() },
        ["bias"] = Spec with { Unlearner = new BiasShift(), Weighting = new UniformWeighting() },
        ["reweighted"] = Spec with { Unlearner = new Reweighted(new RandomLabel(5, 0.03)) },
        ["ratio"] = Spec with { Unlearner = new GradientRatio(0.1, 0.2, 0.3, 5), Weighting = new UniformWeighting() },
        ["influence ascent"] = Spec with { Unlearner = new InfluenceAscent(2, 0.1, 0.5, 1, 0.9), Weighting = new UniformWeighting() },
        ["rolling"] = Spec with { Unlearner = new RandomLabel(2, 0.3, LabelOrder.Sequential), Weighting = new ForgettingAwareWeighting(0.3, 10) { Slice = 64, Spread = Spread.Quantile } },
        ["no balance"] = Spec with { Unlearner = new NegGradPlus(2, 0.1, 0.6), Weighting = new ForgettingAwareWeighting(0, Balance: false) { Eta = 2 } },
        ["dual"] = Spec with { Unlearner = new BadTeacher(2, 0.1, 0.5, 2), Weighting = new BalDroDualWeighting(2, DualSign.AsReleased) },
        ["one image"] = Spec with { Data = Spec.Data with { Forget = ForgetRule.OfImages(4711) } },
        ["two classes"] = Spec with { Data = Spec.Data with { Forget = ForgetRule.OfClasses(7, 3) } },
    };

    public static TheoryData<string, string> Pinned => new()
    {
        { "paper", "e24543d8e8a69adb4281db42ff3e553b8af7f6e7dde7c8ee52612df6675b833a" },
        { "fine-tuning", "648722860f2b52f9bcec06eb60ef9e725a778390d304e15ea75e173551698162" },
        { "saliency", "694b7a4e77e4cd48d1ae8cb1f40d9afd41d108f853a81cdb82fb3aae20bd26de" },
        { "ascent", "d2b5f5f6578b0d85c26ff58e1ba2b60b80d756f65261575a786353152a26610a" },
        { "scrub", "6876556ebfd3edfe5a9f3a5eff5082614ddb5921dbc1c392bd9edaa1410eac02" },
        { "influence", "5cbc06c53e465e4cb280adbf0eeafc49f7794f81881caeca8729aea0f19cc329" },
        { "dampening", "b7bbb437ed48914bd1760c5a13d274e28e306c3e78f769d6db1c447608d21c7c" },
        { "bridge", "b43f486cb9a5c8639b50586de3a9f11c66ae27f3f20ea21328ba5766af73525c" },
        { "bias", "5702148fa810db8ae9a1163796c0f3a8bfdad7a9cde7b1941df848e0c486f8b7" },
        { "reweighted", "cd393e6033b502bcea2b04f696bd126546bc345398a22e9151022d612a0b3c95" },
        { "ratio", "cd19e4c601a836f6d6707e01b4e970fc5fd6277b9c079661d1fb8277a60bd62d" },
        { "influence ascent", "b2eaf1f13928cdcef2355c847cb48df709160ca59abb5c7e4900a95bc5f14764" },
        { "rolling", "d42e0a0216472e47a4182afe8d0df4be0a67d83470740f17628bc3f449143598" },
        { "no balance", "1cee960ee6eca9a31dddd26eb6c3409085b36e977fd529ff6c5023897d81ac4e" },
        { "dual", "e18e89672bac43bb8ffe9b7342012ce32e14ecebb69c02c588f92ed4c476553c" },
        { "one image", "d7633811830b6999b641a62002a96c38775e9bd62f1150e03b3f0a901addbacd" },
        { "two classes", "f315a8289a05385c3418805565f5c9f76e27e5481f480fbda4289423b02ade54" },
    };

    [Theory]
    [MemberData(nameof(Pinned))]
    public void A_key_of_the_kit_s_own_types_stays(string name, string key) =>
        Assert.True(key == CanonicalJson.Hash(CanonicalJson.Node(Specs[name])), $"{name}: {CanonicalJson.Hash(CanonicalJson.Node(Specs[name]))}");

    [Fact]
    public void Every_spec_is_pinned() => Assert.Equal(Specs.Keys, Pinned.Select(row => row.Data.Item1));
}
