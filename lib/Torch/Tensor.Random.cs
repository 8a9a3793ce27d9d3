using static TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    /// <content>Random numbers drawn from, or into, a tensor.</content>
    public partial class Tensor
    {
        public Tensor bernoulli(Generator? generator = null) => Wrap(falw_bernoulli(Handle, Of(generator)));

        public Tensor multinomial(long num_samples, bool replacement = false, Generator? generator = null) =>
            Wrap(falw_multinomial(Handle, num_samples, replacement, Of(generator)));

        public Tensor poisson(Generator? generator = null) => Wrap(falw_poisson(Handle, Of(generator)));

        public Tensor bernoulli_(double p = 0.5, Generator? generator = null) => Done(falw_bernoulli_(Handle, p, Of(generator)));

        public Tensor bernoulli_(Tensor p, Generator? generator = null) => Done(falw_bernoulli_tensor_(Handle, p.Handle, Of(generator)));

        public Tensor normal_(double mean = 0.0, double std = 1.0, Generator? generator = null) =>
            Done(falw_normal_(Handle, mean, std, Of(generator)));

        public Tensor uniform_(double from, double to, Generator? generator = null) => Done(falw_uniform_(Handle, from, to, Of(generator)));

        public Tensor exponential_(double lambda = 1.0, Generator? generator = null) =>
            Done(falw_exponential_(Handle, lambda, Of(generator)));

        public Tensor random_(double from, double to, Generator? generator = null) =>
            Done(falw_random_(Handle, (long)from, (long)to, Of(generator)));
    }
}
