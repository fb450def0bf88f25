"""Both backbones trained and exported from random weights on generated pictures; the data loader's faults."""

from __future__ import annotations

import json
import math
import shutil
from pathlib import Path

import pytest
import torch
import torchvision
from PIL import Image

import export
import train
from backbones import build
from dataset import GENRES, class_weights, is_readable, load, read_dataset, soft_target
from folded_conv import Depthwise, FoldedConv2d
from metrics import cross_fitted_ece, expected_calibration_error, fit_temperature, predicted, summary
from phases import OwnOpinion, phase_one, phase_two
from trainer import Trainer

def run(data: Path, work: Path, backbone: str, *more: str) -> None:
    train.main(
        ["--data", str(data), "--work", str(work), "--backbone", backbone, "--weights", "random", "--size", "64",
         "--head-epochs", "2", "--epochs", "2", "--batch-size", "8", "--workers", "1", "--ema", "0.5", *more]
    )


@pytest.mark.parametrize("backbone", ["efficientnet-lite0", "resnet34"])
def test_two_phases_and_export(data: Path, tmp_path: Path, backbone: str) -> None:
    lite = backbone == "efficientnet-lite0"
    work, models = tmp_path / "work", tmp_path / "models"
    run(data, work, backbone, *(["--first-size", "32", "--precision", "bf16"] if lite else []))
    metrics = json.loads((work / "metrics.json").read_text())
    assert [(row["phase"], row["epoch"]) for row in metrics["history"]] == [(1, 1), (1, 2), (2, 1), (2, 2)]
    assert [row.get("size") for row in metrics["history"]] == [None, None, 32 if lite else 64, 64]
    for row in metrics["history"]:
        assert {"accuracy", "macroF1", "loss", "valLoss"} <= row.keys()
    for chart in ("loss.png", "confusion.png"):
        assert Image.open(work / chart).width > 300
    photos = tmp_path / "photos"
    photos.mkdir()
    shutil.copy(data / "images" / "made" / "0.jpg", photos)
    wishes = ["--photos", str(photos), "--goldens", str(tmp_path / "goldens"), "--mirror", "--size", "96"]
    export.main(["--work", str(work), "--data", str(data), "--models", str(models),
                 *(wishes if lite else ["--max-bytes", "100000000"])])
    exported = (models / "genre.onnx").read_bytes() + (models / "genre.json").read_bytes()
    for folder in (Path(__file__).parent, tmp_path, Path(torch.__file__).parent):
        assert str(folder).encode() not in exported
    model = json.loads((models / "genre.json").read_text())
    assert model["labels"] == list(GENRES)
    assert len(model["head"]["weight"]) == 5
    assert len(model["head"]["weight"][0]) == model["features"]["channels"]
    assert model["metrics"]["onnxParity"] <= 1e-4
    assert model["metrics"]["camParity"] <= 1e-4
    assert sum(model["metrics"]["predicted"]["genres"].values()) == 10
    assert 0.2 <= model["metrics"]["predicted"]["meanConfidence"] <= 1
    assert model["training"]["trainPictures"] == 30
    assert model["input"]["size"] == (96 if lite else 64)
    assert (tmp_path / "goldens" / "0.json").exists() == lite


def test_only_the_later_stages_and_the_head_learn(data: Path, tmp_path: Path) -> None:
    weights = tmp_path / "weights.pth"
    torch.manual_seed(3)
    torch.save(torchvision.models.resnet34().state_dict(), weights)
    run(data, tmp_path / "work", "resnet34", "--weights", str(weights))
    trained = torch.load(tmp_path / "work" / "best.pt", weights_only=False)["network"]
    fresh = build("resnet34", 64, str(weights))
    trained_names = {name.split(".")[0] for name, parameter in fresh.named_parameters() if parameter.requires_grad}
    assert trained_names == {"stages", "fc"}
    for name, value in fresh.state_dict().items():
        if name.startswith("stem."):
            assert torch.equal(value, trained[name]), name
    changed = "stages.0.0.conv1.weight"
    assert not torch.equal(trained[changed], fresh.state_dict()[changed])
    torch.testing.assert_close(trained[changed], fresh.state_dict()[changed], atol=0.02, rtol=0)  # it began at the file's


def test_a_stopped_run_goes_on_from_its_checkpoint(data: Path, tmp_path: Path) -> None:
    run(data, tmp_path / "whole", "efficientnet-lite0")
    work = tmp_path / "stopped"
    original = Trainer.save

    def stop_after(last: tuple[int, int]) -> None:
        def save(self: Trainer, phase: int, epoch: int, **state: object) -> None:
            original(self, phase, epoch, **state)
            if (phase, epoch) == last:
                raise KeyboardInterrupt

        Trainer.save = save
        try:
            with pytest.raises(KeyboardInterrupt):
                run(data, work, "efficientnet-lite0")
        finally:
            Trainer.save = original

    stop_after((1, 1))
    stop_after((1, 2))
    stop_after((2, 1))
    run(data, work, "efficientnet-lite0")
    whole, stopped = (torch.load(folder / "checkpoint.pt", weights_only=False) for folder in (tmp_path / "whole", work))
    without_time = [[{k: v for k, v in row.items() if k != "seconds"} for row in each["history"]] for each in (whole, stopped)]
    assert without_time[0] == without_time[1]
    for part in ("network", "average"):
        for name, value in whole[part].items():
            torch.testing.assert_close(stopped[part][name], value, atol=1e-6, rtol=1e-5, msg=name)


def test_a_checkpoint_of_other_labels_is_not_gone_on_from(data: Path, tmp_path: Path) -> None:
    run(data, tmp_path / "work", "efficientnet-lite0")
    root = tmp_path / "relabelled"
    shutil.copytree(data, root)
    table = root / "labels.tsv"
    table.write_text(table.read_text().replace("\ttrain\tjazz\t1", "\ttrain\trock\t1", 1))
    with pytest.raises(ValueError, match="another --work"):
        run(root, tmp_path / "work", "efficientnet-lite0")
    with pytest.raises(ValueError, match="another --work"):
        run(data, tmp_path / "work", "efficientnet-lite0", "--weight-decay", "0.1")


def test_a_run_begins_where_an_earlier_one_ended(data: Path, tmp_path: Path) -> None:
    run(data, tmp_path / "first", "efficientnet-lite0")
    best = tmp_path / "first" / "best.pt"
    run(data, tmp_path / "second", "efficientnet-lite0", "--start", str(best), "--lr", "0", "--mixup", "0", "--least-crop", "0.8")
    metrics = json.loads((tmp_path / "second" / "metrics.json").read_text())
    earlier = len(torch.load(best, weights_only=False)["history"])
    later = metrics["history"][earlier:]
    assert [row["epoch"] - later[0]["epoch"] for row in later] == [0, 1]
    assert {row["phase"] for row in later} == {2}
    assert later[0]["epoch"] == metrics["history"][earlier - 1]["epoch"] + 1
    first, second = (torch.load(file, weights_only=False)["network"] for file in (best, tmp_path / "second" / "best.pt"))
    for name, value in first.items():
        torch.testing.assert_close(second[name], value, msg=name)


def test_a_size_that_steps_of_32_do_not_reach_is_refused(data: Path, tmp_path: Path) -> None:
    for first in ("50", "96"):
        with pytest.raises(SystemExit):
            run(data, tmp_path, "efficientnet-lite0", "--first-size", first)


def test_resnet_needs_to_be_told_its_weights() -> None:
    with pytest.raises(ValueError, match="weights"):
        build("resnet34", 64, None)


def test_a_folded_norm_computes_what_the_norm_did() -> None:
    conv, norm = torch.nn.Conv2d(6, 8, 3, padding=1, bias=False), torch.nn.BatchNorm2d(8).eval()
    for values in (norm.running_mean, norm.running_var, norm.weight.data, norm.bias.data):
        values.uniform_(0.5, 2)
    image = torch.randn(2, 6, 9, 9)
    with torch.no_grad():
        expected = norm(conv(image))
        folded = FoldedConv2d(conv, norm)
        torch.testing.assert_close(folded(image), expected, atol=1e-5, rtol=1e-4)
        torch.testing.assert_close(folded.plain()(image), expected, atol=1e-5, rtol=1e-4)


@pytest.mark.parametrize(("kernel", "stride", "side"), [(3, 1, 8), (3, 2, 8), (3, 2, 9), (5, 1, 9), (5, 2, 8), (5, 2, 11)])
def test_the_depthwise_gradients_are_autograds(kernel: int, stride: int, side: int) -> None:
    torch.manual_seed(1)
    values = [torch.randn(2, 4, side, side), torch.randn(4, 1, kernel, kernel), torch.randn(4)]
    mine, theirs = ([value.clone().requires_grad_() for value in values] for _ in range(2))
    padding = kernel // 2
    ours = Depthwise.apply(*mine, stride, padding)
    reference = torch.nn.functional.conv2d(*theirs, stride, padding, 1, 4)
    torch.testing.assert_close(ours, reference)
    gradient = torch.randn_like(ours)
    for a, b in zip(torch.autograd.grad(ours, mine, gradient), torch.autograd.grad(reference, theirs, gradient)):
        torch.testing.assert_close(a, b, atol=1e-4, rtol=1e-4)


def test_doubtful_labels_give_way_to_the_networks_own_opinion(data: Path, tmp_path: Path) -> None:
    trainer = Trainer(train.arguments(["--data", str(data), "--work", str(tmp_path), "--weights", "random", "--size", "64",
                                       "--backbone", "efficientnet-lite0", "--workers", "1", "--own-opinion", "0.5"]))
    opinion = OwnOpinion(trainer)
    rows = torch.arange(len(trainer.targets))
    assert torch.equal(opinion.of(rows), trainer.targets)
    logits = torch.zeros(len(rows), 5)
    logits[:, 4] = 20.0
    opinion.note(rows, logits)
    told = opinion.of(rows)
    torch.testing.assert_close(told.sum(1), torch.ones(len(rows)))
    moved = (told - trainer.targets).abs().sum(1)
    doubt, sure = ([i for i, e in enumerate(trainer.data.train) if e.confidence == c and e.genre != 4] for c in (1, 3))
    assert moved[doubt].min() > moved[sure].max() > 0


def test_faults_are_left_out_and_counted(data: Path, tmp_path: Path) -> None:
    root = tmp_path / "faulty"
    shutil.copytree(data, root)
    (root / "images" / "made" / "0.jpg").write_bytes(b"not a picture")
    cut = root / "images" / "made" / "1.jpg"
    cut.write_bytes(cut.read_bytes()[: cut.stat().st_size // 2])
    (root / "images" / "made" / "2.jpg").unlink()
    table = root / "labels.tsv"
    table.write_text(table.read_text() + "made/3\ttrain\tpolka\t3\t\nmade/4\ttest\tjazz\t3\t\n")
    found = read_dataset(root, seed=1, workers=1)
    assert found.skipped == {"unknown label": 1, "unknown split": 1, "missing file": 1, "unreadable file": 2}
    assert len(found.train) == 27
    assert not is_readable(root / "images" / "made" / "0.jpg")


def test_an_empty_genre_is_refused(data: Path, tmp_path: Path) -> None:
    root = tmp_path / "empty"
    shutil.copytree(data, root)
    table = root / "labels.tsv"
    table.write_text("".join(line for line in table.read_text().splitlines(True) if "\ttrain\tjazz" not in line))
    with pytest.raises(ValueError, match="jazz"):
        read_dataset(root, seed=1, workers=1)


def test_a_table_without_a_split_is_split_80_20_by_genre(data: Path, tmp_path: Path) -> None:
    root = tmp_path / "unsplit"
    shutil.copytree(data, root)
    lines = (data / "labels.tsv").read_text().splitlines()
    rows = [line.split("\t") for line in lines]
    (root / "labels.tsv").write_text("\n".join("\t".join([row[0], *row[2:]]) for row in rows) + "\n")
    first, again = read_dataset(root, seed=3, workers=1), read_dataset(root, seed=3, workers=1)
    assert [e.id for e in first.val] == [e.id for e in again.val]
    assert not {e.id for e in first.val} & {e.id for e in first.train}
    for genre in range(5):
        assert sum(e.genre == genre for e in first.val) == 2


def test_the_named_split_is_kept(data: Path) -> None:
    found = read_dataset(data, seed=1, workers=1)
    assert {int(e.id.split("/")[1]) // 5 >= 6 for e in found.val} == {True}
    assert {int(e.id.split("/")[1]) // 5 >= 6 for e in found.train} == {False}


@pytest.fixture
def trainer(data: Path, tmp_path: Path) -> Trainer:
    return Trainer(train.arguments(["--data", str(data), "--work", str(tmp_path), "--weights", "random", "--size", "64",
                                    "--backbone", "efficientnet-lite0", "--workers", "1", "--batch-size", "16"]))


def pictures(trainer: Trainer, examples: list, augment_seed: int | None) -> torch.Tensor:
    return torch.cat([images for images, _ in trainer.batches(examples, 64, torch.arange(len(examples)), augment_seed)])


def test_a_seed_fixes_the_augmentation(trainer: Trainer) -> None:
    first, again, other = (pictures(trainer, trainer.data.train, seed) for seed in (5, 5, 6))
    assert torch.equal(first, again)
    assert not torch.equal(first, other)


def test_only_training_pictures_are_augmented(trainer: Trainer, monkeypatch: pytest.MonkeyPatch) -> None:
    seeds: list[tuple[int, int | None]] = []
    original = Trainer.batches

    def watched(self: Trainer, examples: list, size: int, order: torch.Tensor, augment_seed: int | None):
        seeds.append((len(examples), augment_seed))
        return original(self, examples, size, order, augment_seed)

    monkeypatch.setattr(Trainer, "batches", watched)
    trainer.args.head_epochs = trainer.args.epochs = 1
    phase_one(trainer, None)
    phase_two(trainer, None)
    assert {count for count, seed in seeds if seed is None} == {len(trainer.data.val)}
    assert {count for count, seed in seeds if seed is not None} == {len(trainer.data.train)}
    plain = torch.stack([trainer.network.normalise(torch.from_numpy(load(e.path, 64)).permute(2, 0, 1)) for e in trainer.data.val])
    assert torch.equal(pictures(trainer, trainer.data.val, None), plain.flatten(0, 1))


def test_soft_targets_follow_confidence_and_second_choice(data: Path) -> None:
    examples = read_dataset(data, seed=1, workers=1).train
    targets = torch.stack([soft_target(example) for example in examples])
    torch.testing.assert_close(targets.sum(1), torch.ones(len(examples)))
    assert targets.argmax(1).tolist() == [example.genre for example in examples]
    assert targets.topk(2).indices[:, 1].tolist() == [example.second for example in examples]
    sure, doubt = (next(e for e in examples if e.confidence == c) for c in (3, 1))
    assert soft_target(sure).max() > soft_target(doubt).max()


def test_rarer_genres_weigh_more(data: Path) -> None:
    examples = read_dataset(data, seed=1, workers=1).train
    weights = class_weights([e for e in examples if e.genre != 2 or e.confidence == 3])
    assert weights.argmax() == 2


def test_calibration() -> None:
    generator = torch.Generator().manual_seed(0)
    logits = torch.randn(4000, 5, generator=generator)
    labels = torch.multinomial(logits.softmax(1), 1, generator=generator)[:, 0]
    assert abs(fit_temperature(logits * 3, labels) - 3) < 0.2
    assert expected_calibration_error(logits * 3, labels, 1.0) > 0.2
    assert cross_fitted_ece(logits * 3, labels) < 0.05
    assert summary(torch.eye(5), torch.arange(5)) == {"accuracy": 1.0, "top2": 1.0, "macroF1": 1.0}


def test_what_is_said_is_counted_whatever_is_right() -> None:
    said = predicted(torch.tensor([[0.0, 0, 4, 0, 0], [0, 0, 2, 0, 0], [6, 0, 0, 0, 0]]), temperature=2.0)
    assert said["genres"] == {"classical": 1, "electronic": 0, "jazz": 2, "pop": 0, "rock": 0}
    confidences = [math.exp(x) / (math.exp(x) + 4) for x in (2, 1, 3)]
    assert said["meanConfidence"] == pytest.approx(sum(confidences) / 3)
