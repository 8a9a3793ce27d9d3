using System.Diagnostics;

namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            /// <summary>
            /// Sets the learning rates of an optimizer's groups, once per step. Making one makes the first step: epoch 0.
            /// What `verbose` says goes to the trace listeners.
            /// </summary>
            public abstract class LRScheduler
            {
                private readonly bool verbose;

                protected LRScheduler() : this(null, -1, false) { }

                protected LRScheduler(Optimizer? optimizer, int last_epoch = -1, bool verbose = false)
                {
                    Optimizer = optimizer;
                    Epoch = last_epoch;
                    this.verbose = verbose;
                    Groups = optimizer is null ? [] : [.. optimizer.ParamGroups];
                    First = [.. Groups.Select(group => group.InitialLearningRate)];
                    Last = [.. Rates];
                }

                internal Optimizer? Optimizer { get; }

                internal int Epoch { get; set; }

                internal double[] Last { get; private set; }

                private protected ILearningRateController[] Groups { get; }

                /// <summary>The rates the groups started with.</summary>
                private protected double[] First { get; }

                /// <summary>The rates as they are now.</summary>
                private protected IEnumerable<double> Rates => Groups.Select(group => group.LearningRate);

                public IEnumerable<double> get_last_lr() => Last;

                public virtual void step() => step(null);

                /// <summary>The closed form where there is one gives the rate at <paramref name="epoch"/>; else the next.</summary>
                public virtual void step(int? epoch)
                {
                    Epoch = epoch ?? Epoch + 1;
                    double[] rates = [.. epoch is null ? get_lr() : get_closed_form_lr()];
                    for (var i = 0; i < Groups.Length; i++)
                    {
                        Groups[i].LearningRate = rates[i];
                        if (verbose && Last[i] != rates[i]) Trace.WriteLine(FormattableString.Invariant($"Adjusting learning rate to {rates[i]}"));
                    }
                    Last = rates;
                }

                public virtual void step(double current, int? epoch = null) => step(epoch);

                protected virtual IEnumerable<double> get_lr() => Rates;

                protected virtual IEnumerable<double> get_closed_form_lr() => get_lr();
            }
        }
    }
}
