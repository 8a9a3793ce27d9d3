namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <content>The state by name: what a checkpoint holds.</content>
        public partial class Module
        {
            /// <summary>The module's own tensors, not copies: all parameters, then all persistent buffers.</summary>
            public virtual Dictionary<string, Tensor> state_dict(Dictionary<string, Tensor>? destination = null, string? prefix = null)
            {
                destination ??= new Dictionary<string, Tensor>(StringComparer.Ordinal);
                var start = string.IsNullOrEmpty(prefix) ? "" : prefix + ".";
                foreach (var (path, parameter) in named_parameters()) destination.TryAdd(start + path, parameter);
                foreach (var (path, buffer) in named_buffers(include_nonpersistent: false)) destination.TryAdd(start + path, buffer);
                foreach (var (child, module) in named_children()) module.state_dict(destination, start + child);
                return destination;
            }

            /// <summary>Copies into the module's tensors, in place and without gradient.</summary>
            public virtual (IList<string> missing_keys, IList<string> unexpected_keyes) load_state_dict(
                Dictionary<string, Tensor> source, bool strict = true, IList<string>? skip = null)
            {
                var destination = state_dict();
                var unexpected = source.Keys.Where(key => !Skipped(key) && !destination.ContainsKey(key)).ToList();
                var missing = destination.Keys.Where(key => !Skipped(key) && !source.ContainsKey(key)).ToList();
                if (strict && (missing.Count > 0 || unexpected.Count > 0)) throw Unlike(missing, unexpected);
                using var still = no_grad();
                foreach (var (key, tensor) in source)
                {
                    if (!Skipped(key) && destination.TryGetValue(key, out var own)) own.copy_(tensor);
                }
                return (missing, unexpected);

                bool Skipped(string key) => skip is not null && skip.Contains(key);
            }

            private static InvalidOperationException Unlike(List<string> missing, List<string> unexpected) => new(
                "The loaded state_dict is not identical to the target dictionary: missing " + Named(missing) + ", unexpected " +
                Named(unexpected) + ". Load the state of the same network, or pass strict: false.");

            private static string Named(List<string> keys) => keys.Count switch
            {
                0 => "nothing",
                > 4 => string.Join(", ", keys.Take(4)) + " and more",
                _ => string.Join(", ", keys),
            };
        }
    }
}
