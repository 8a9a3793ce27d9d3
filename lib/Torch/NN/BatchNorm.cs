using TorchSharp.Utils;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>
/// What normalisations with memory share. The running mean and variance move by `momentum` towards each training batch's;
/// an evaluating pass uses them instead of the batch's own.
/// </summary>
public abstract class NormBase : nn.Module<Tensor, Tensor>
{
    [ComponentName(Name = nameof(weight))]
    private Parameter? _weight;

    [ComponentName(Name = nameof(bias))]
    private Parameter? _bias;

    [ComponentName(Name = nameof(running_mean))]
    private Tensor? _running_mean;

    [ComponentName(Name = nameof(running_var))]
    private Tensor? _running_var;

    [ComponentName(Name = nameof(num_batches_tracked))]
    private Tensor? _num_batches_tracked;

    private protected NormBase(long num_features, double eps, double? momentum, bool affine, bool track_running_stats,
        Device? device, ScalarType? dtype, string name) : base(name)
    {
        (this.num_features, this.eps, this.momentum) = (num_features, eps, momentum);
        (this.affine, this.track_running_stats) = (affine, track_running_stats);
        if (affine)
        {
            weight = nn.Parameter(ones(num_features, dtype, device));
            bias = nn.Parameter(zeros(num_features, dtype, device));
        }
        if (!track_running_stats) return;
        running_mean = zeros(num_features, dtype, device);
        running_var = ones(num_features, dtype, device);
        num_batches_tracked = zeros(Array.Empty<long>(), ScalarType.Int64, device);
    }

    public long num_features { get; }

    public double eps { get; set; }

    public double? momentum { get; set; }

    public bool affine { get; }

    public bool track_running_stats { get; }

    public Parameter weight
    {
        get => _weight!;
        set => Layers.Replace(ref _weight, value, p => ConditionallyRegisterParameter(nameof(weight), p));
    }

    public Parameter? bias
    {
        get => _bias;
        set => Layers.Replace(ref _bias, value, p => ConditionallyRegisterParameter(nameof(bias), p));
    }

    public Tensor? running_mean
    {
        get => _running_mean;
        set => Layers.Replace(ref _running_mean, value, b => ConditionallyRegisterBuffer(nameof(running_mean), b));
    }

    public Tensor? running_var
    {
        get => _running_var;
        set => Layers.Replace(ref _running_var, value, b => ConditionallyRegisterBuffer(nameof(running_var), b));
    }

    public Tensor? num_batches_tracked
    {
        get => _num_batches_tracked;
        set => Layers.Replace(ref _num_batches_tracked, value, b => ConditionallyRegisterBuffer(nameof(num_batches_tracked), b));
    }

    public void reset_running_stats()
    {
        running_mean?.zero_();
        running_var?.fill_(1);
        num_batches_tracked?.zero_();
    }

    public void reset_parameters()
    {
        reset_running_stats();
        if (_weight is not null) nn.init.ones_(_weight);
        if (_bias is not null) nn.init.zeros_(_bias);
    }

    protected abstract void ValidateInputDimensions(Tensor input);
}

/// <summary>Ioffe and Szegedy 2015.</summary>
public abstract class BatchNorm : NormBase
{
    private protected BatchNorm(long num_features, double eps, double? momentum, bool affine, bool track_running_stats,
        Device? device, ScalarType? dtype, string name)
        : base(num_features, eps, momentum, affine, track_running_stats, device, dtype, name) { }

    public override Tensor forward(Tensor input)
    {
        ValidateInputDimensions(input);
        var kept = !training || track_running_stats;
        return nn.functional.batch_norm(input, kept ? running_mean : null, kept ? running_var : null, affine ? weight : null, bias,
            training || (running_mean is null && running_var is null), Pace(), eps);
    }

    /// <summary>Counts the batch. Without a momentum the statistics are the plain average over all batches.</summary>
    private double Pace()
    {
        if (!training || num_batches_tracked is null) return momentum ?? 0;
        num_batches_tracked.add_(1);
        return momentum ?? 1.0 / (double)num_batches_tracked;
    }
}
