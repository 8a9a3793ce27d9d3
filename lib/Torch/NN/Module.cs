namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>
        /// A tree of named parameters, buffers and modules. TorchSharp keeps it half in C++, here it lives in C# alone.
        /// </summary>
        public partial class Module : IDisposable
        {
            private bool trains = true;
            private bool disposed;

            protected Module(string name) => this.name = name;

            public virtual bool training => trains;

            protected string? name { get; set; }

            public virtual string GetName() => string.IsNullOrEmpty(name) ? GetType().Name : name;

            public virtual void train(bool train = true)
            {
                trains = train;
                foreach (var (_, module) in named_children()) module.train(train);
            }

            public virtual void eval() => train(false);

            /// <summary>Calls <paramref name="fn"/> for every module of the tree, children first.</summary>
            public virtual Module apply(Action<Module> fn)
            {
                foreach (var module in children()) module.apply(fn);
                fn(this);
                return this;
            }

            /// <summary>Removes the gradients, or sets them to zero. An optimizer's zero_grad only ever does the second.</summary>
            public virtual void zero_grad(bool set_to_none = true)
            {
                foreach (var parameter in parameters())
                {
                    using var gradient = parameter.grad;
                    if (gradient is null) continue;
                    if (set_to_none) parameter.grad = null;
                    else gradient.zero_();
                }
            }

            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            /// <summary>Frees parameters and buffers of the whole tree.</summary>
            protected virtual void Dispose(bool disposing)
            {
                if (!disposing || disposed) return;
                disposed = true;
                foreach (var (tensor, _) in buffersByName.Values) tensor.Dispose();
                foreach (var parameter in parametersByName.Values) parameter.Dispose();
                foreach (var module in modulesByName.Values) module.Dispose();
            }
        }
    }
}
