using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <content>What is in the tree: own parts first, then those of the children, depth first; the same tensor only once.</content>
        public partial class Module
        {
            public virtual IEnumerable<(string name, Parameter parameter)> named_parameters(bool recurse = true)
            {
                var seen = new HashSet<Parameter>(ReferenceEqualityComparer.Instance);
                foreach (var (own, parameter) in parametersByName)
                    if (seen.Add(parameter)) yield return (own, parameter);
                if (!recurse) yield break;
                foreach (var (child, module) in named_children())
                    foreach (var (inner, parameter) in module.named_parameters())
                        if (seen.Add(parameter)) yield return ($"{child}.{inner}", parameter);
            }

            /// <summary>
            /// TorchSharp never lists buffers that are not persistent; here <paramref name="include_nonpersistent"/> does what it says.
            /// </summary>
            public virtual IEnumerable<(string name, Tensor buffer)> named_buffers(bool recurse = true, bool include_nonpersistent = true)
            {
                var seen = new HashSet<Tensor>(ReferenceEqualityComparer.Instance);
                foreach (var (own, (buffer, persistent)) in buffersByName)
                    if ((persistent || include_nonpersistent) && seen.Add(buffer)) yield return (own, buffer);
                if (!recurse) yield break;
                foreach (var (child, module) in named_children())
                    foreach (var (inner, buffer) in module.named_buffers(true, include_nonpersistent))
                        if (seen.Add(buffer)) yield return ($"{child}.{inner}", buffer);
            }

            public virtual IEnumerable<(string name, Module module)> named_children() =>
                modulesByName.Select(pair => (pair.Key, pair.Value));

            /// <summary>All modules below this one: the children, then what is below each of them.</summary>
            public virtual IEnumerable<(string name, Module module)> named_modules()
            {
                foreach (var child in named_children()) yield return child;
                foreach (var (child, module) in named_children())
                    foreach (var (inner, below) in module.named_modules()) yield return ($"{child}.{inner}", below);
            }

            public virtual IEnumerable<Parameter> parameters(bool recurse = true) => named_parameters(recurse).Select(p => p.parameter);

            public virtual IEnumerable<Tensor> buffers(bool recurse = true, bool include_nonpersistent = true) =>
                named_buffers(recurse, include_nonpersistent).Select(b => b.buffer);

            public virtual IEnumerable<Module> children() => named_children().Select(c => c.module);

            public virtual IEnumerable<Module> modules() => named_modules().Select(m => m.module);

            public virtual bool has_parameter(string target) => get_parameter(target) is not null;

            public virtual bool has_buffer(string target) => get_buffer(target) is not null;

            /// <summary>By its path, such as "layer1.0.conv1.weight"; null when there is none.</summary>
            public virtual Parameter? get_parameter(string target) =>
                parametersByName.GetValueOrDefault(target) ?? Below(target, (module, rest) => module.get_parameter(rest));

            public virtual Tensor? get_buffer(string target) =>
                buffersByName.GetValueOrDefault(target).Tensor ?? Below(target, (module, rest) => module.get_buffer(rest));

            private T? Below<T>(string path, Func<Module, string, T?> find) where T : class
            {
                var dot = path.IndexOf('.', StringComparison.Ordinal);
                return dot > 0 && modulesByName.TryGetValue(path[..dot], out var child) ? find(child, path[(dot + 1)..]) : null;
            }
        }
    }
}
