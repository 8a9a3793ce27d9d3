using TorchSharp.Modules;

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class utils
        {
            public static partial class data
            {
                /// <summary>Samples by number.</summary>
                public abstract class Dataset<T> : IDisposable
                {
                    public abstract long Count { get; }

                    public abstract T GetTensor(long index);

                    public void Dispose()
                    {
                        Dispose(true);
                        GC.SuppressFinalize(this);
                    }

                    protected virtual void Dispose(bool disposing) { }
                }

                /// <summary>Samples of named tensors.</summary>
                public abstract class Dataset : Dataset<Dictionary<string, Tensor>>;

                /// <summary>Samples of tensors in a fixed order.</summary>
                public abstract class IterableDataset : Dataset<IList<Tensor>>;

                public static TensorDataset TensorDataset(params Tensor[] tensors) => new(tensors);
            }
        }
    }

    namespace Modules
    {
        /// <summary>Tensors of equal length; a sample is one row of each.</summary>
        public class TensorDataset : torch.utils.data.IterableDataset
        {
            private readonly torch.Tensor[] columns;

            internal TensorDataset(torch.Tensor[] tensors)
            {
                if (tensors.Length == 0) throw new ArgumentNullException(nameof(tensors), "A data set needs at least one tensor.");
                if (tensors.Any(t => t.size(0) != tensors[0].size(0)))
                    throw new ArgumentException("All tensors must have the same first dimension size.", nameof(tensors));
                columns = [.. tensors.Select(t => t.alias().DetachFromDisposeScope())];
            }

            public IList<torch.Tensor> this[long index] => [.. columns.Select(column => column.select(0, index))];

            public override long Count => columns[0].size(0);

            public override IList<torch.Tensor> GetTensor(long index) => this[index];

            protected override void Dispose(bool disposing)
            {
                foreach (var column in columns) column.Dispose();
                base.Dispose(disposing);
            }
        }
    }
}
