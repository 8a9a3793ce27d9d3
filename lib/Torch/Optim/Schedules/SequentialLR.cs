namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            public static partial class impl
            {
                /// <summary>One schedule after the other; each but the first begins anew at its milestone.</summary>
                public class SequentialLR : LRScheduler
                {
                    private readonly LRScheduler[] parts;
                    private readonly int[] milestones;

                    public SequentialLR(Optimizer optimizer, IEnumerable<LRScheduler> schedulers, IEnumerable<int> milestones, int last_epoch = -1)
                        : base(optimizer, last_epoch + 1)
                    {
                        parts = [.. schedulers];
                        this.milestones = [.. milestones];
                        if (parts.Any(part => !ReferenceEquals(part.Optimizer, optimizer)))
                            throw new ArgumentException("SequentialLR expects all its schedulers to belong to its own optimizer.", nameof(schedulers));
                        if (this.milestones.Length != parts.Length - 1)
                            throw new ArgumentException(FormattableString.Invariant(
                                $"Received {parts.Length} schedulers and {this.milestones.Length} milestones. SequentialLR expects one milestone less."),
                                nameof(milestones));
                        foreach (var group in Groups) group.LearningRate = group.InitialLearningRate;
                        foreach (var part in parts) part.Epoch--;
                        parts[0].step();
                        parts[0].Last.CopyTo(Last, 0);
                    }

                    protected override IEnumerable<double> get_lr()
                    {
                        var now = milestones.Count(milestone => milestone <= Epoch);
                        if (now > 0 && milestones[now - 1] == Epoch) parts[now].step(0);
                        else parts[now].step();
                        return Rates;
                    }
                }
            }
        }
    }
}
