namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            public static partial class impl
            {
                /// <summary>The curve of the one-cycle policy: phases, each from one value to another.</summary>
                private sealed class Cycle
                {
                    private readonly (double End, Knot From, Knot To)[] phases;
                    private readonly bool cosine;
                    private readonly double[] most;
                    private readonly double[] lowMomentum;
                    private readonly double[] highMomentum;
                    private readonly double divisor;
                    private readonly double finalDivisor;

                    internal Cycle(int steps, double share, bool cosine, bool three, double[] most, double[] lowMomentum,
                        double[] highMomentum, double divisor, double finalDivisor)
                    {
                        if (share is < 0 or > 1)
                            throw new ArgumentException(FormattableString.Invariant($"Expected a number from 0 to 1 for pct_start, but got {share}"), nameof(share));
                        (Steps, this.cosine, this.most) = (steps, cosine, most);
                        (this.lowMomentum, this.highMomentum) = (lowMomentum, highMomentum);
                        (this.divisor, this.finalDivisor) = (divisor, finalDivisor);
                        var up = (share * steps) - 1;
                        phases = three
                            ? [(up, Knot.Start, Knot.Top), ((2 * share * steps) - 2, Knot.Top, Knot.Start), (steps - 1, Knot.Start, Knot.End)]
                            : [(up, Knot.Start, Knot.Top), (steps - 1, Knot.Top, Knot.End)];
                    }

                    private enum Knot
                    {
                        Start,
                        Top,
                        End,
                    }

                    internal int Steps { get; }

                    internal double Rate(int step, int group) => At(step, knot => knot switch
                    {
                        Knot.Top => most[group],
                        Knot.Start => most[group] / divisor,
                        _ => most[group] / divisor / finalDivisor,
                    });

                    internal double Momentum(int step, int group) =>
                        At(step, knot => knot == Knot.Top ? lowMomentum[group] : highMomentum[group]);

                    private double At(int step, Func<Knot, double> value)
                    {
                        var start = 0.0;
                        foreach (var (end, from, to) in phases.SkipLast(1))
                        {
                            if (step <= end) return Between(value(from), value(to), (step - start) / (end - start));
                            start = end;
                        }
                        var last = phases[^1];
                        return Between(value(last.From), value(last.To), (step - start) / (last.End - start));
                    }

                    private double Between(double from, double to, double share) => cosine
                        ? to + ((from - to) / 2.0 * (Math.Cos(Math.PI * share) + 1))
                        : ((to - from) * share) + from;
                }
            }
        }
    }
}
