using System.Runtime.CompilerServices;
using static TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    /// <content>t[...]: reading is a view where libtorch can make one, writing changes the tensor.</content>
    public partial class Tensor
    {
        [IndexerName("TensorItems")]
        public Tensor this[params TensorIndex[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        [IndexerName("TensorItems")]
        public Tensor this[params Tensor[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1]
        {
            get => select(0, i1);
            set => index_put_(value, TensorIndex.Single(i1));
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2]
        {
            get => index(TensorIndex.Single(i1), TensorIndex.Single(i2));
            set => index_put_(value, TensorIndex.Single(i1), TensorIndex.Single(i2));
        }

        [IndexerName("TensorItems")]
        public Tensor this[params long[] indices]
        {
            get => index(Singles(indices));
            set => index_put_(value, Singles(indices));
        }

        public Tensor index(params TensorIndex[] indices)
        {
            using var held = new Handles(indices.Select(i => i.Owner));
            return Wrap(falw_index(Handle, Places(indices, held), indices.Length));
        }

        public Tensor index(params Tensor[] indices) => index(Lists(indices));

        public Tensor index_put_(Tensor value, params TensorIndex[] indices)
        {
            using var held = new Handles(indices.Select(i => i.Owner));
            return Done(falw_index_put_(Handle, Places(indices, held), indices.Length, value.Handle));
        }

        public Tensor index_put_(Tensor value, params Tensor[] indices) => index_put_(value, Lists(indices));

        public Tensor index_put_(Scalar value, params TensorIndex[] indices)
        {
            using var held = new Handles(indices.Select(i => i.Owner));
            return Done(falw_index_put_number_(Handle, Places(indices, held), indices.Length, value.Value));
        }

        public Tensor index_put_(Scalar value, params Tensor[] indices) => index_put_(value, Lists(indices));

        private static TensorIndex[] Singles(long[] indices) => [.. indices.Select(i => TensorIndex.Single(i))];

        private static TensorIndex[] Lists(Tensor[] indices) => [.. indices.Select(TensorIndex.Tensor)];

        private static Place[] Places(TensorIndex[] indices, Handles held)
        {
            var places = new Place[indices.Length];
            for (var i = 0; i < places.Length; i++) places[i] = indices[i].At(held.Pointers[i]);
            return places;
        }
    }
}
