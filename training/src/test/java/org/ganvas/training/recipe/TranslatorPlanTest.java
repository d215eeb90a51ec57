package org.ganvas.training.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.ganvas.inference.model.TranslationRule;
import org.ganvas.inference.model.TranslationRule.Output;
import org.ganvas.training.gan.AdversarialLoss;
import org.ganvas.training.network.SqueezeDiscriminator;
import org.ganvas.training.network.SqueezeUNet;
import org.ganvas.training.plan.PlanDraft;
import org.ganvas.training.plan.TrainingPlan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TranslatorPlanTest {
  @TempDir Path folder;

  private static PlanDraft draft(String method, String... folders) {
    return Recipes.named(method).draft().set("data.folders", List.of(folders));
  }

  private static TrainingPlan complete(PlanDraft draft) throws IOException {
    TrainingPlan plan = draft.finish();
    return Recipes.named(plan.method()).complete(plan, true);
  }

  @Test
  void theDefaultsAreThoseOfThePapers() throws IOException {
    Pix2PixSettings pix2pix = (Pix2PixSettings) complete(draft("pix2pix", "a")).settings();
    assertThat(pix2pix.losses().pixel()).isEqualTo(100);
    assertThat(pix2pix.adversary().loss()).isEqualTo(AdversarialLoss.NON_SATURATING);
    assertThat(pix2pix.networks().generator().choice().create().program().trainedNumbers())
        .isEqualTo(54_413_955);
    TrainingPlan plan = complete(draft("cyclegan", "a", "b"));
    CycleGanSettings cycleGan = (CycleGanSettings) plan.settings();
    assertThat(cycleGan.losses().cycle()).isEqualTo(10);
    assertThat(cycleGan.losses().identity()).isEqualTo(5);
    assertThat(cycleGan.pool()).isEqualTo(50);
    assertThat(cycleGan.adversary().loss()).isEqualTo(AdversarialLoss.LEAST_SQUARES);
    assertThat(plan.network("generator").learningRate()).isEqualTo(2e-4);
    // A linear fall in the second half.
    assertThat(plan.schedule().at(100_000)).isEqualTo(1);
    assertThat(plan.schedule().at(150_000)).isEqualTo(0.5);
  }

  @Test
  void aModelThatColoursKeepsTheBrightnessAndSeesPicturesAsItWasTrained() {
    PlanDraft draft = draft("pix2pix", "a").set("settings.pairs.kind", "colorize");
    assertThat(rule(draft)).isEqualTo(new TranslationRule(Output.KEEP_LUMINANCE, 429));
    draft.set("settings.workingSide", 512);
    assertThat(rule(draft)).isEqualTo(new TranslationRule(Output.KEEP_LUMINANCE, 512));
    draft.setText("settings.workingSide", "null").setText("settings.framing.load", "null");
    assertThat(rule(draft)).isEqualTo(new TranslationRule(Output.KEEP_LUMINANCE, null));
    draft.set("settings.pairs.kind", "edges");
    assertThat(rule(draft)).isNull();
  }

  private static TranslationRule rule(PlanDraft draft) {
    return ((Pix2PixSettings) draft.finish().settings()).rule();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          settings.pairs.kind | colourise | colorize, grey, edges, restore, paint, found colourise
          settings.pairs.direction | BA | AtoB or BtoA, found BA
          settings.pairs.validationTargets | c | --validation-targets belong to the pictures of --validation
          settings.framing.crop | 300 | loaded at least as large as the crop of 300 pixels, found 286
          settings.framing.variety.zoom | 0.5 | settings.framing.variety.zoom is 1 (none) to 8 times, found 0.5
          settings.framing.variety.turn | 181 | settings.framing.variety.turn is 0 (none) to 180 degrees, found 181
          settings.framing.variety.tone | -1 | settings.framing.variety.tone is 0 (none) to 2, found -1
          settings.framing.crop | 250 | multiple of 256 for unet-256, found 250
          settings.networks.generator.architecture | unet-64 | unet-256, unet-128, resnet-9, resnet-6 or squeeze-unet, found unet-64
          settings.networks.generator.normalization | layer | is one of batch, instance, instance-affine, none, found layer
          settings.networks.generator.output | residual | is tanh, or for a ResNet residual, found residual
          settings.networks.discriminator.receptiveField | 32 | is one of 70, 1, 16, 286, found 32
          settings.workingSide | 512 | for pairs of kind colorize
          settings.losses.pixel | -1 | settings.losses.pixel is 0 or more, found -1
          """)
  void aSettingThatBreaksItsRuleIsNamed(String path, String value, String message) {
    assertThatThrownBy(() -> complete(draft("pix2pix", "a").setText(path, value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void aResNetHasNoNoiseAtItsUse() {
    PlanDraft draft =
        draft("pix2pix", "a")
            .set("settings.networks.generator.architecture", "resnet-9")
            .set("settings.networks.generator.dropout", "always");
    assertThatThrownBy(draft::finish).hasMessageContaining("for a U-Net always, found always");
  }

  @ParameterizedTest
  @CsvSource({"pix2pix", "cyclegan"})
  void everyGeneratorIsNamedWithoutFurtherOptions(String method) throws IOException {
    for (String name : List.of("unet-256", "unet-128", "resnet-9", "resnet-6", "squeeze-unet")) {
      PlanDraft draft =
          draft(method, "a", "b").set("settings.networks.generator.architecture", name);
      assertThat(complete(draft)).isNotNull();
    }
  }

  @ParameterizedTest
  @CsvSource({"pix2pix", "cyclegan"})
  void aSquareIsLargeEnoughToBeMirroredAtItsEdgesWhereItIsSmallest(String method)
      throws IOException {
    PlanDraft draft =
        draft(method, "a", "b")
            .set("settings.networks.generator.architecture", "resnet-6")
            .set("settings.networks.discriminator.receptiveField", 1)
            .set("settings.framing.crop", 4);
    assertThatThrownBy(() -> complete(draft))
        .hasMessage("settings.framing.crop is at least 8 for resnet-6, found 4");
    assertThat(complete(draft.set("settings.framing.crop", 8))).isNotNull();
  }

  @Test
  void aPlanThatStartsFromAFileIsReadAsItWasWritten() throws IOException {
    TrainingPlan plan =
        complete(
            draft("pix2pix", "a")
                .set("settings.networks.generator.architecture", "squeeze-unet")
                .set("settings.networks.generator.startFrom", "squeezenet1_1.pth"));
    PlanDraft read = Recipes.named("pix2pix").draft().over(PlanDraft.json(plan));
    assertThat(read.finish()).isEqualTo(plan);
    assertThat(((Pix2PixSettings) plan.settings()).networks().generator().choice().create())
        .isEqualTo(new SqueezeUNet(32, 3));
  }

  private static PlanDraft squeezeJudges(String method) {
    return draft(method, "a", "b").set("settings.networks.discriminator.architecture", "squeeze");
  }

  @Test
  void aCycleGanMayBeJudgedThroughSqueezeNet() throws IOException {
    CycleGanSettings settings = (CycleGanSettings) complete(squeezeJudges("cyclegan")).settings();
    assertThat(settings.networks().discriminator().choice(3).create())
        .isEqualTo(new SqueezeDiscriminator(64, 4, false));
    // Without the coarser features the sides are halved less often.
    PlanDraft fine =
        squeezeJudges("cyclegan")
            .set("settings.networks.discriminator.levels", 2)
            .set("settings.framing.crop", 200);
    assertThat(complete(fine)).isNotNull();
    // It has no norm, whatever the setting of the other kind says.
    PlanDraft penalized =
        squeezeJudges("cyclegan")
            .set("settings.adversary.penalty.kind", "R1")
            .set("settings.networks.discriminator.normalization", "batch");
    assertThat(complete(penalized)).isNotNull();
  }

  @Test
  void aDiscriminatorThatCannotBeIsRefused() {
    assertThatThrownBy(() -> squeezeJudges("pix2pix").finish())
        .hasMessageContaining("is patch for pix2pix, whose discriminator sees the given picture")
        .hasMessageEndingWith("found squeeze");
    assertThatThrownBy(() -> complete(squeezeJudges("cyclegan").set("settings.framing.crop", 200)))
        .hasMessageContaining("settings.framing.crop is a multiple of 16 for squeeze, found 200");
    PlanDraft deep = squeezeJudges("cyclegan").set("settings.networks.discriminator.levels", 5);
    assertThatThrownBy(() -> complete(deep))
        .hasMessageContaining("levels of squeeze is a whole number from 1 to 4, found 5");
    PlanDraft patches =
        squeezeJudges("cyclegan").set("settings.networks.discriminator.receptiveField", 16);
    assertThatThrownBy(patches::finish)
        .hasMessageContaining("(--patch) is for patch and left out for squeeze")
        .hasMessageEndingWith("found 16");
    PlanDraft unknown =
        draft("cyclegan", "a", "b").set("settings.networks.discriminator.architecture", "strided");
    assertThatThrownBy(unknown::finish).hasMessageContaining("is patch or squeeze, found strided");
  }

  @ParameterizedTest
  @CsvSource({"unet-256, nearest", "resnet-6, bilinear"})
  void onlyAResNetRepeatsPixelsBeforeItConvolvesThem(String architecture, String upsampling) {
    PlanDraft draft =
        draft("cyclegan", "a", "b")
            .set("settings.networks.generator.architecture", architecture)
            .set("settings.networks.generator.upsampling", upsampling);
    assertThatThrownBy(draft::finish)
        .hasMessageContaining("upsampling is transposed, or for a ResNet nearest")
        .hasMessageEndingWith("found " + upsampling);
  }

  @ParameterizedTest
  @CsvSource({"normalization, batch, null or none", "dropout, training, null or never"})
  void aSqueezeUNetHasNeitherNormNorDropout(String setting, String value, String rule) {
    PlanDraft draft =
        draft("pix2pix", "a")
            .set("settings.networks.generator.architecture", "squeeze-unet")
            .set("settings.networks.generator." + setting, value);
    assertThatThrownBy(draft::finish)
        .hasMessageContaining("settings.networks.generator.%s is %s".formatted(setting, rule))
        .hasMessageEndingWith("found " + value);
  }

  @Test
  void pairsInTwoFoldersAreValidatedInTwoFolders() {
    PlanDraft draft =
        draft("pix2pix", "a").set("settings.pairs.targets", "b").set("data.validation", "c");
    assertThatThrownBy(() -> complete(draft)).hasMessageContaining("--validation-targets");
  }

  @Test
  void whatTakesColoursAwayHasNoBrightnessToKeep() {
    PlanDraft draft = draft("pix2pix", "a").set("settings.pairs.kind", "colorize");
    assertThat(((Pix2PixSettings) draft.finish().settings()).rule()).isNotNull();
    draft.set("settings.pairs.direction", "BtoA");
    assertThat(((Pix2PixSettings) draft.finish().settings()).rule()).isNull();
  }

  @Test
  void picturesOfTheSecondDomainAloneAreNoValidation() {
    PlanDraft draft = draft("cyclegan", "a", "b").set("settings.domains.validationB", "c");
    assertThatThrownBy(() -> complete(draft))
        .hasMessageContaining("give --validation DIR, or leave --validation-b out");
  }

  @ParameterizedTest
  @CsvSource({"generatorNormalization, layer", "discriminatorNormalization, none"})
  void denseNetworksHaveNoChoiceOfNorm(String setting, String norm) {
    PlanDraft draft =
        draft("dcgan", "a")
            .set("settings.architecture", "dense")
            .set("settings.convolutional." + setting, norm);
    assertThatThrownBy(draft::finish)
        .hasMessageContaining("leave --generator-norm and --discriminator-norm out, found")
        .hasMessageContaining(norm);
  }

  @ParameterizedTest
  @CsvSource({"spectralNorm, true", "leakySlope, 20", "upsampling, nearest"})
  void denseNetworksIgnoreNoSettingOfTheOthers(String setting, String value) {
    PlanDraft draft =
        draft("dcgan", "a")
            .set("settings.architecture", "dense")
            .setText("settings.convolutional." + setting, value);
    assertThatThrownBy(draft::finish)
        .hasMessageContaining(
            "spectralNorm, leakySlope and upsampling are for settings.architecture dcgan, found")
        .hasMessageContaining(value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"targets", "validationTargets"})
  void pairsThatAreMadeHaveNoFolderOfTargets(String setting) {
    PlanDraft draft =
        draft("pix2pix", "a")
            .set("settings.pairs.kind", "grey")
            .set("settings.pairs." + setting, "c");
    assertThatThrownBy(draft::finish)
        .hasMessage(
            "settings.pairs.%s is for pairs that are given, not made, found c".formatted(setting));
  }

  @Test
  void twoDomainsAreTwoFoldersOrOneThatIsSplit() throws IOException {
    assertThatThrownBy(() -> complete(draft("cyclegan", folder.toString())))
        .hasMessageContaining("one with trainA and trainB in it");
    assertThatThrownBy(() -> complete(draft("cyclegan", "a", "b", "c")))
        .hasMessageContaining("found [a, b, c]");
    Files.createDirectories(folder.resolve("trainA"));
    Files.createDirectories(folder.resolve("trainB"));
    assertThat(complete(draft("cyclegan", folder.toString()))).isNotNull();
    assertThat(complete(draft("cyclegan", "a").set("settings.domains.kind", "painted")))
        .isNotNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          paint
          paint,paint
          paint,../photo
          paint,
          a,b,c
          """)
  void twoModelsHaveTwoNames(String names) {
    PlanDraft draft = draft("cyclegan", "a", "b").set("settings.names", names);
    assertThatThrownBy(draft::finish).hasMessageContaining("such as paint,photo");
  }

  @Test
  void bothDirectionsAreNamedAfterTheRunUnlessNamesAreGiven() {
    PlanDraft draft = draft("cyclegan", "a", "b").set("name", "m");
    Recipe recipe = Recipes.named("cyclegan");
    assertThat(recipe.modelNames(draft.finish())).containsExactly("m-AtoB", "m-BtoA");
    draft.set("settings.names", "paint,photo");
    assertThat(recipe.modelNames(draft.finish())).containsExactly("paint", "photo");
  }
}
