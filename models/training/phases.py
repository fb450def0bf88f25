"""The two phases: the head alone, then the later stages and the head."""

from __future__ import annotations

import math
import time

import torch

from trainer import Trainer

# How much of --own-opinion applies, by the labeller's confidence (1 doubt … 3 clear).
DOUBT = {1: 1.0, 2: 0.6, 3: 0.2}


def phase_one(trainer: Trainer, saved: dict | None) -> None:
    """The head alone, on pooled features of the frozen backbone, which are computed once. Goes on from `saved`."""
    args, network = trainer.args, trainer.network
    optimiser = torch.optim.AdamW(network.fc.parameters(), lr=3e-3, weight_decay=0.02)
    start = 0
    if saved is not None and saved["phase"] == 1:
        start = saved["epoch"]
        network.load_state_dict(saved["network"])
        optimiser.load_state_dict(saved["optimiser"])
    if start >= args.head_epochs or (saved is not None and saved["phase"] == 2):
        return
    features = trainer.pooled(network, trainer.data.train, args.seed + 1000).to(trainer.device)
    val_features = trainer.pooled(network, trainer.data.val)
    for epoch in range(start, args.head_epochs):
        torch.manual_seed(args.seed + 3000 + epoch)
        network.train()
        losses = []
        for rows in torch.randperm(len(features)).split(256):
            optimiser.zero_grad()
            loss = trainer.loss(network.fc(network.dropout(features[rows])), trainer.targets[rows])
            loss.backward()
            optimiser.step()
            losses.append(loss.item())
        figures = trainer.validate(network, val_features)[1]
        trainer.record({"phase": 1, "epoch": epoch + 1, "loss": sum(losses) / len(losses), **figures})
        trainer.save(1, epoch + 1, network=network.state_dict(), optimiser=optimiser.state_dict())


class OwnOpinion:
    """What the network itself said of each picture in earlier epochs, averaged (temporal ensembling, arXiv:1610.02242).

    Labels by eye are doubtful; a network learns what they have in common before it learns their faults (arXiv:2007.00151).
    So where the labeller doubted, the target is partly the network's own earlier answer.
    """

    def __init__(self, trainer: Trainer):
        self.targets = trainer.targets
        doubt = torch.tensor([DOUBT[example.confidence] for example in trainer.data.train])
        self.share = trainer.args.own_opinion * doubt[:, None]
        self.opinion = torch.zeros_like(self.targets)
        self.known = torch.zeros(len(self.targets), 1)

    def of(self, rows: torch.Tensor) -> torch.Tensor:
        """Targets [B, 5]."""
        share = self.share[rows] * self.known[rows]
        return (1 - share) * self.targets[rows] + share * self.opinion[rows]

    def note(self, rows: torch.Tensor, logits: torch.Tensor) -> None:
        now = logits.detach().float().softmax(1).cpu()
        kept = 0.5 * self.known[rows]
        self.opinion[rows] = kept * self.opinion[rows] + (1 - kept) * now
        self.known[rows] = 1.0

    def state_dict(self) -> dict[str, torch.Tensor]:
        return {"opinion": self.opinion, "known": self.known}

    def load_state_dict(self, state: dict[str, torch.Tensor]) -> None:
        self.opinion, self.known = state["opinion"].cpu(), state["known"].cpu()


class PhaseTwo:
    """What phase two carries from step to step: it is what its checkpoint holds."""

    def __init__(self, trainer: Trainer):
        args, network = trainer.args, trainer.network
        trained = [p for p in network.parameters() if p.requires_grad]
        groups = [
            {"params": [p for p in trained if p.ndim > 1], "weight_decay": args.weight_decay},
            {"params": [p for p in trained if p.ndim == 1], "weight_decay": 0.0},
        ]
        self.parameters = trained
        self.optimiser = torch.optim.AdamW(groups, lr=args.lr)
        average = torch.optim.swa_utils.get_ema_multi_avg_fn(args.ema)
        self.average = torch.optim.swa_utils.AveragedModel(network, multi_avg_fn=average)
        self.opinion = OwnOpinion(trainer)
        self.parts = {"network": network, "average": self.average, "optimiser": self.optimiser, "opinion": self.opinion}

    def step(self, loss: torch.Tensor, network: torch.nn.Module) -> None:
        self.optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.parameters, 2.0)
        self.optimiser.step()
        self.average.update_parameters(network)


def phase_two(trainer: Trainer, saved: dict | None) -> None:
    """The stages and the head, one cosine over all epochs; the weight average is what counts. Goes on from `saved`."""
    args, network = trainer.args, trainer.network
    state = PhaseTwo(trainer)
    start, best, stale, kept = 0, -1.0, 0, None
    if saved is not None and saved["phase"] == 2:
        start, best, stale, kept = saved["epoch"], saved["best"], saved["stale"], saved["kept"]
        for name, part in state.parts.items():
            part.load_state_dict(saved[name])
        # where files are copied one by one, best.pt may be missing, or of another epoch than the checkpoint
        trainer.write("best.pt", kept)
    for epoch in range(start, args.epochs):
        if stale >= args.patience:
            break
        began = time.monotonic()
        loss = _train_epoch(trainer, state, epoch)
        average = state.average.module
        logits, figures = trainer.validate(average, trainer.pooled(average, trainer.data.val))
        row = {"phase": 2, "epoch": trainer.earlier_epochs + epoch + 1, "size": input_size(args, epoch), "loss": loss, **figures}
        trainer.record({**row, "seconds": time.monotonic() - began})
        stale += 1
        if figures["macroF1"] > best:
            best, stale = figures["macroF1"], 0
            weights = {name: value.clone() for name, value in average.state_dict().items()}
            kept = {"network": weights, "logits": logits, "figures": figures, "history": [*trainer.history]}
            trainer.write("best.pt", kept)
        parts = {name: part.state_dict() for name, part in state.parts.items()}
        trainer.save(2, epoch + 1, best=best, stale=stale, kept=kept, **parts)


def input_size(args, epoch: int) -> int:
    """The epoch's input side: it grows from --first-size to --size in steps of 32 pixels (EfficientNetV2, arXiv:2104.00298)."""
    steps = (args.size - args.first_size) // 32 + 1
    return args.size - 32 * (steps - 1 - min(steps - 1, epoch * steps // args.epochs))


def warm_up_and_cosine(progress: float, warm_up: float = 0.05) -> float:
    """The learning rate's share of its peak, at 0 … 1 of all epochs. It knows no past, so a resumed run may change --epochs."""
    if progress < warm_up:
        return 0.04 + 0.96 * progress / warm_up
    return 0.5 * (1 + math.cos(math.pi * (progress - warm_up) / (1 - warm_up)))


def _train_epoch(trainer: Trainer, state: PhaseTwo, epoch: int) -> float:
    args, network, examples = trainer.args, trainer.network, trainer.data.train
    generator = torch.Generator().manual_seed(args.seed + epoch)
    torch.manual_seed(args.seed + epoch)
    order = torch.randperm(len(examples), generator=generator)
    losses: list[float] = []
    steps = -(-len(examples) // args.batch_size)
    batches = trainer.batches(examples, input_size(args, epoch), order, args.seed + 2000 + epoch)
    for step, (images, rows) in enumerate(batches):
        for group in state.optimiser.param_groups:
            group["lr"] = args.lr * warm_up_and_cosine((epoch + step / steps) / args.epochs)
        network.train()
        targets = state.opinion.of(rows)
        mix = args.mixup > 0 and step % 2 == 1
        with trainer.autocast():
            with torch.no_grad():
                inputs = network.stem(images)
            if mix:
                inputs, targets = mixed(inputs, targets, args.mixup)
            features = network.stages(inputs)
        logits = network.head(features.float())
        if not mix:
            state.opinion.note(rows, logits)
        loss = trainer.loss(logits, targets)
        state.step(loss, network)
        losses.append(loss.item())
        if step % 50 == 0:
            print(f"  epoch {epoch + 1} step {step} of {steps}: loss {sum(losses[-50:]) / len(losses[-50:]):.4f}", flush=True)
    return sum(losses) / len(losses)


def mixed(inputs: torch.Tensor, targets: torch.Tensor, alpha: float) -> tuple[torch.Tensor, torch.Tensor]:
    """Mixup (Zhang et al. 2018) of stem outputs, as manifold mixup does."""
    share = float(torch.distributions.Beta(alpha, alpha).sample())
    other = torch.randperm(len(targets))
    return share * inputs + (1 - share) * inputs[other], share * targets + (1 - share) * targets[other]
