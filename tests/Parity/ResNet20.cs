using TorchSharp.Modules;
using static TorchSharp.torch.nn;

namespace FaLW.Tests.Parity;

/// <summary>He et al. 2016 for 32 x 32 images, as resnet.py has it: 3 x 3 stem, three stages of three blocks.</summary>
internal sealed class ResNet20 : Module<Tensor, Tensor>
{
    private readonly Conv2d conv1 = Conv2d(3, 16, 3, padding: 1, bias: false);
    private readonly BatchNorm2d bn1 = BatchNorm2d(16);
    private readonly Sequential layer1 = Sequential(new Block(16, 16), new Block(16, 16), new Block(16, 16));
    private readonly Sequential layer2 = Sequential(new Block(16, 32, 2), new Block(32, 32), new Block(32, 32));
    private readonly Sequential layer3 = Sequential(new Block(32, 64, 2), new Block(64, 64), new Block(64, 64));
    private readonly Linear linear;

    public ResNet20(long classes) : base(nameof(ResNet20))
    {
        linear = Linear(64, classes);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        var x = functional.relu(bn1.call(conv1.call(input)));
        x = layer3.call(layer2.call(layer1.call(x)));
        return linear.call(functional.adaptive_avg_pool2d(x, 1).flatten(1));
    }

    private sealed class Block : Module<Tensor, Tensor>
    {
        private readonly Conv2d conv1;
        private readonly BatchNorm2d bn1;
        private readonly Conv2d conv2;
        private readonly BatchNorm2d bn2;
        private readonly Sequential shortcut;

        public Block(long inputs, long outputs, long stride = 1) : base(nameof(Block))
        {
            conv1 = Conv2d(inputs, outputs, 3, stride, 1, bias: false);
            bn1 = BatchNorm2d(outputs);
            conv2 = Conv2d(outputs, outputs, 3, 1, 1, bias: false);
            bn2 = BatchNorm2d(outputs);
            shortcut = stride == 1 && inputs == outputs
                ? Sequential()
                : Sequential(Conv2d(inputs, outputs, 1, stride, bias: false), BatchNorm2d(outputs));
            RegisterComponents();
        }

        public override Tensor forward(Tensor input)
        {
            using var scope = NewDisposeScope();
            var x = functional.relu(bn1.call(conv1.call(input)));
            return functional.relu(bn2.call(conv2.call(x)) + shortcut.call(input)).MoveToOuterDisposeScope();
        }
    }
}
