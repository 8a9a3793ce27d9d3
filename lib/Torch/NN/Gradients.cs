using static TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class utils
        {
            /// <summary>
            /// Scales all gradients together so that their norm is at most <paramref name="max_norm"/>; returns the norm before.
            /// </summary>
            public static double clip_grad_norm_(IEnumerable<Modules.Parameter> tensors, double max_norm, double norm_type = 2.0)
            {
                using var handles = new Handles(tensors);
                var norm = falw_clip_grad_norm_(handles.Pointers, handles.Count, max_norm, norm_type);
                return norm < 0 ? throw Failure() : norm;
            }

            /// <summary>Limits each gradient entry to [-clip_value, clip_value].</summary>
            public static void clip_grad_value_(IEnumerable<Modules.Parameter> tensors, double clip_value)
            {
                using var handles = new Handles(tensors);
                Check(falw_clip_grad_value_(handles.Pointers, handles.Count, clip_value));
            }

            /// <summary>All parameters behind one another.</summary>
            public static Tensor parameters_to_vector(IEnumerable<Modules.Parameter> tensors)
            {
                var flat = tensors.Select(t => t.reshape(-1)).ToArray();
                var vector = cat(flat);
                foreach (var part in flat) part.Dispose();
                return vector;
            }

            /// <summary>The way back from <see cref="parameters_to_vector"/>, in place.</summary>
            public static void vector_to_parameters(Tensor vec, IEnumerable<Modules.Parameter> tensors)
            {
                using var still = no_grad();
                var start = 0L;
                foreach (var tensor in tensors)
                {
                    using var part = vec.narrow(0, start, tensor.numel());
                    using var shaped = part.view(tensor.shape);
                    tensor.copy_(shaped);
                    start += tensor.numel();
                }
            }
        }
    }
}
