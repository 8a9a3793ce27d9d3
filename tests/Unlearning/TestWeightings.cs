using FaLW.Weighting;
using static TorchSharp.torch;

namespace FaLW.Tests.Unlearning;

/// <summary>FaLW's whole machinery with every weight forced to 1.</summary>
internal sealed record ForcedToOne : LossWeighting
{
    public override int ProfileEvery => 1;

    public override bool NeedsOriginal => true;

    public override Tensor Weights(ForgetState state) => ones_like(state.ZScore);
}

/// <summary>Hands every state to a reader; weighs as told.</summary>
internal sealed record Watching(Func<ForgetState, Tensor> Read, int Every = 0, bool Original = false, SetLoss Set = SetLoss.None) : LossWeighting
{
    public override int ProfileEvery => Every;

    public override bool NeedsOriginal => Original;

    public override SetLoss SetLoss => Set;

    public override Tensor Weights(ForgetState state) => Read(state);
}
