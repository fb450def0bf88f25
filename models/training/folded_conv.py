"""A convolution with its batch norm folded in, and a depthwise convolution whose gradient is fast on a processor.

Fine-tuning keeps ImageNet's batch statistics (frozen, as detection networks do): the norm is then a scale and a shift a
channel, still learnt, and folds into the convolution's weights at every step. Nothing depends on the batch, no
separate pass over the activations is needed, and the exported network is exactly the trained one.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import nn


class FoldedConv2d(nn.Module):
    """conv → batch norm with frozen statistics, as one convolution."""

    def __init__(self, conv: nn.Conv2d, norm: nn.BatchNorm2d):
        super().__init__()
        self.weight = conv.weight
        self.gamma = norm.weight
        self.beta = norm.bias
        self.register_buffer("mean", norm.running_mean.clone())
        self.register_buffer("deviation", (norm.running_var + norm.eps).sqrt())
        self.stride, self.padding, self.groups = conv.stride, conv.padding, conv.groups
        # EfficientNet-Lite pads as TensorFlow does: one more at the right and at the bottom
        self.pad = getattr(conv, "static_padding", None) or nn.Identity()

    def folded(self) -> tuple[torch.Tensor, torch.Tensor]:
        """The convolution's weights and bias."""
        scale = self.gamma / self.deviation
        return self.weight * scale.view(-1, 1, 1, 1), self.beta - self.mean * scale

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        weight, bias = self.folded()
        x = self.pad(x)
        if self.groups == x.shape[1] > 1 and torch.is_autocast_enabled("cpu") and x.device.type == "cpu":
            kind = torch.get_autocast_dtype("cpu")
            return Depthwise.apply(x.to(kind), weight.to(kind), bias.to(kind), self.stride[0], self.padding[0])
        return F.conv2d(x, weight, bias, self.stride, self.padding, 1, self.groups)

    def plain(self) -> nn.Module:
        """The same as an ordinary convolution, for the export."""
        with torch.no_grad():
            weight, bias = self.folded()
        out_channels, in_channels, *kernel = weight.shape
        conv = nn.Conv2d(in_channels * self.groups, out_channels, kernel, self.stride, self.padding, groups=self.groups)
        conv.weight, conv.bias = nn.Parameter(weight), nn.Parameter(bias)
        return conv if isinstance(self.pad, nn.Identity) else nn.Sequential(self.pad, conv)


class Depthwise(torch.autograd.Function):
    """A depthwise convolution; gradients from kernels that oneDNN has a fast bf16 version of.

    oneDNN 3.13 takes reference-like code for bf16 gradients of strided and of 5 × 5 depthwise convolutions, thirty times as
    long as the forward pass and more. Here a strided one's input gradient is a plain convolution of the gradient with
    zeros put between its rows, and a 5 × 5 one's weight gradient comes from four overlapping 3 × 3 ones.
    """

    @staticmethod
    def forward(ctx, x, weight, bias, stride: int, padding: int):
        ctx.save_for_backward(x, weight)
        ctx.stride, ctx.padding = stride, padding
        return F.conv2d(x, weight, bias, stride, padding, 1, x.shape[1])

    @staticmethod
    def backward(ctx, gradient):
        x, weight = ctx.saved_tensors
        gradient = gradient.contiguous(memory_format=torch.channels_last)
        of_input = _input_gradient(x, weight, gradient, ctx.stride, ctx.padding) if ctx.needs_input_grad[0] else None
        of_weight = _weight_gradient(x, weight, gradient, ctx.stride, ctx.padding) if ctx.needs_input_grad[1] else None
        return of_input, of_weight, gradient.float().sum((0, 2, 3)).to(gradient.dtype), None, None


def _input_gradient(x: torch.Tensor, weight: torch.Tensor, gradient: torch.Tensor, stride: int, padding: int) -> torch.Tensor:
    kernel = weight.shape[-1]
    if stride > 1:
        batch, channels, height, width = x.shape
        reach = 2 * padding - kernel + 1
        spread = gradient.new_zeros(batch, height + reach, width + reach, channels).permute(0, 3, 1, 2)
        spread[:, :, ::stride, ::stride] = gradient
        gradient = spread
    return F.conv2d(gradient, weight.flip(2, 3), None, 1, kernel - 1 - padding, 1, x.shape[1])


def _weight_gradient(x: torch.Tensor, weight: torch.Tensor, gradient: torch.Tensor, stride: int, padding: int) -> torch.Tensor:
    if weight.shape[-1] != 5:
        return _convolution_weight_gradient(x, weight, gradient, stride, padding)
    result = torch.zeros_like(weight)
    x = F.pad(x, [padding] * 4)
    height, width = ((n - 1) * stride + 3 for n in gradient.shape[2:])
    part = weight[:, :, :3, :3].contiguous()
    for top in (0, 2):
        for left in (0, 2):
            window = x[:, :, top : top + height, left : left + width].contiguous(memory_format=torch.channels_last)
            result[:, :, top : top + 3, left : left + 3] = _convolution_weight_gradient(window, part, gradient, stride, 0)
    return result


def _convolution_weight_gradient(x: torch.Tensor, weight: torch.Tensor, gradient: torch.Tensor, stride: int, padding: int) -> torch.Tensor:
    return torch.ops.aten.convolution_backward(
        gradient, x, weight, None, [stride] * 2, [padding] * 2, [1, 1], False, [0, 0], x.shape[1], [False, True, False]
    )[1]


PAIRS = (
    ("conv1", "bn1"), ("conv2", "bn2"),  # torchvision's BasicBlock
    ("_expand_conv", "_bn0"), ("_depthwise_conv", "_bn1"), ("_project_conv", "_bn2"),  # EfficientNet-Lite's MBConvBlock
)


def fold_batch_norms(module: nn.Module) -> None:
    """Every convolution with its norm becomes a FoldedConv2d, in place: the pairs above and those in a row of a Sequential."""
    for child in module.children():
        fold_batch_norms(child)
    names = [*module._modules]
    pairs = zip(names, names[1:]) if isinstance(module, nn.Sequential) else PAIRS
    for conv, norm in [*pairs]:
        if isinstance(module._modules.get(conv), nn.Conv2d) and isinstance(module._modules.get(norm), nn.BatchNorm2d):
            module._modules[conv] = FoldedConv2d(module._modules[conv], module._modules[norm])
            module._modules[norm] = nn.Identity()


def make_plain(module: nn.Module) -> None:
    """Every FoldedConv2d becomes an ordinary convolution, in place."""
    for name, child in module.named_children():
        if isinstance(child, FoldedConv2d):
            module._modules[name] = child.plain()
        else:
            make_plain(child)
