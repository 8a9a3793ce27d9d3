namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            public static partial class impl
            {
                /// <summary>From `start_factor` to `end_factor` of the rate in `total_iters` even steps.</summary>
                public class LinearLR : LRScheduler
                {
                    private readonly double start;
                    private readonly double end;
                    private readonly int iterations;

                    public LinearLR(Optimizer optimizer, double start_factor = 1.0 / 3, double end_factor = 1.0, int total_iters = 5,
                        int last_epoch = -1, bool verbose = false) : base(optimizer, last_epoch, verbose)
                    {
                        (start, end, iterations) = (start_factor, end_factor, total_iters);
                        base.step(null);
                    }

                    protected override IEnumerable<double> get_lr()
                    {
                        if (Epoch == 0) return Rates.Select(rate => rate * start);
                        if (Epoch > iterations) return Rates;
                        var factor = 1 + ((end - start) / ((iterations * start) + ((Epoch - 1) * (end - start))));
                        return Rates.Select(rate => rate * factor);
                    }

                    protected override IEnumerable<double> get_closed_form_lr() =>
                        First.Select(rate => rate * (start + ((end - start) * Math.Min(iterations, Epoch) / iterations)));
                }

                /// <summary>Loshchilov and Hutter 2017: half a cosine from the rate to `eta_min` in `T_max` epochs.</summary>
                public class CosineAnnealingLR : LRScheduler
                {
                    private readonly double half;
                    private readonly double least;

                    public CosineAnnealingLR(Optimizer optimizer, double T_max, double eta_min = 0, int last_epoch = -1, bool verbose = false)
                        : base(optimizer, last_epoch, verbose)
                    {
                        (half, least) = (T_max, eta_min);
                        base.step(null);
                    }

                    protected override IEnumerable<double> get_lr()
                    {
                        if (Epoch == 0) return Rates;
                        if ((Epoch - 1 - half) % (2 * half) == 0)
                            return Rates.Zip(First, (rate, first) => rate + ((first - least) * (1 - Math.Cos(Math.PI / half)) / 2));
                        var factor = (1 + Math.Cos(Math.PI * Epoch / half)) / (1 + Math.Cos(Math.PI * (Epoch - 1) / half));
                        return Rates.Select(rate => (factor * (rate - least)) + least);
                    }

                    protected override IEnumerable<double> get_closed_form_lr() =>
                        First.Select(rate => least + ((rate - least) * (1 + Math.Cos(Math.PI * Epoch / half)) / 2));
                }

                /// <summary>A factor of the first rate, by epoch: one for all groups or one each.</summary>
                public class LambdaLR : LRScheduler
                {
                    private readonly Func<int, double>[] factors;

                    public LambdaLR(Optimizer optimizer, Func<int, double> lr_lambda, int last_epoch = -1, bool verbose = false)
                        : this(optimizer, optimizer.ParamGroups.Select(_ => lr_lambda), last_epoch, verbose)
                    {
                    }

                    public LambdaLR(Optimizer optimizer, IEnumerable<Func<int, double>> lr_lambdas, int last_epoch = -1, bool verbose = false)
                        : base(optimizer, last_epoch, verbose)
                    {
                        factors = [.. lr_lambdas];
                        base.step(null);
                    }

                    protected override IEnumerable<double> get_lr() => First.Zip(factors, (rate, factor) => rate * factor(Epoch));
                }
            }
        }
    }
}
