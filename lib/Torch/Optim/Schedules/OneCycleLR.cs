namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            public static partial class impl
            {
                /// <summary>
                /// Smith and Topin 2018: up to `max_lr`, down to almost nothing, the momentum the other way round. One step per batch.
                /// TorchSharp keeps all groups but the first in the first phase; here each group goes through all, as in PyTorch.
                /// </summary>
                public class OneCycleLR : LRScheduler
                {
                    private readonly Cycle cycle;
                    private readonly bool momentum;

                    public OneCycleLR(Optimizer optimizer, double max_lr, int total_steps = -1, int epochs = -1, int steps_per_epoch = -1,
                        double pct_start = 0.3, AnnealStrategy anneal_strategy = AnnealStrategy.Cos, bool cycle_momentum = true,
                        double base_momentum = 0.85, double max_momentum = 0.95, double div_factor = 25, double final_div_factor = 1e4,
                        bool three_phase = false, int last_epoch = -1, bool verbose = false)
                        : this(optimizer, All(optimizer, max_lr), total_steps, epochs, steps_per_epoch, pct_start, anneal_strategy,
                            cycle_momentum, All(optimizer, base_momentum), All(optimizer, max_momentum), div_factor, final_div_factor,
                            three_phase, last_epoch, verbose)
                    {
                    }

                    public OneCycleLR(Optimizer optimizer, IEnumerable<double> max_lr, int total_steps = -1, int epochs = -1,
                        int steps_per_epoch = -1, double pct_start = 0.3, AnnealStrategy anneal_strategy = AnnealStrategy.Cos,
                        bool cycle_momentum = true, IEnumerable<double>? base_momentum = null, IEnumerable<double>? max_momentum = null,
                        double div_factor = 25, double final_div_factor = 1e4, bool three_phase = false, int last_epoch = -1,
                        bool verbose = false) : base(optimizer, last_epoch, verbose)
                    {
                        if (cycle_momentum && optimizer is not (IMomentum or IBetas))
                            throw new ArgumentException("optimizer must support momentum with `cycle_momentum` option enabled", nameof(optimizer));
                        momentum = cycle_momentum;
                        cycle = new Cycle(
                            Total(total_steps, epochs, steps_per_epoch), pct_start, anneal_strategy == AnnealStrategy.Cos, three_phase,
                            [.. max_lr], [.. base_momentum ?? All(optimizer, 0.85)], [.. max_momentum ?? All(optimizer, 0.95)],
                            div_factor, final_div_factor);
                        base.step(null);
                    }

                    public enum AnnealStrategy
                    {
                        Cos,
                        Linear,
                    }

                    protected override IEnumerable<double> get_lr()
                    {
                        if (Epoch > cycle.Steps)
                            throw new InvalidOperationException(FormattableString.Invariant(
                                $"Tried to step {Epoch + 1} times. The specified number of total steps is {cycle.Steps}: make the schedule longer."));
                        for (var i = 0; i < Groups.Length && momentum; i++) SetMomentum(Groups[i], cycle.Momentum(Epoch, i));
                        return Groups.Select((_, i) => cycle.Rate(Epoch, i));
                    }

                    private static void SetMomentum(ILearningRateController group, double value)
                    {
                        if (group is IBetas betas) betas.Betas = (value, betas.Betas.Item2);
                        else if (group is IMomentum own) own.Momentum = value;
                    }

                    private static IEnumerable<double> All(Optimizer optimizer, double value) => optimizer.ParamGroups.Select(_ => value);

                    private static int Total(int total_steps, int epochs, int steps_per_epoch)
                    {
                        if (total_steps == -1 && epochs == -1 && steps_per_epoch == -1)
                            throw new ArgumentException("You must define either total_steps OR (epochs AND steps_per_epoch)", nameof(total_steps));
                        var total = total_steps != -1 ? total_steps : epochs > 0 && steps_per_epoch > 0 ? epochs * steps_per_epoch : 0;
                        return total > 0
                            ? total
                            : throw new ArgumentException("Expected positive integers for total_steps or for epochs and steps_per_epoch.", nameof(total_steps));
                    }
                }
            }
        }
    }
}
