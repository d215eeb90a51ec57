package org.ganvas.training.recipe;

import static org.ganvas.training.plan.SettingRule.require;

import ai.djl.Device;
import java.io.IOException;
import org.ganvas.inference.model.ModelCatalogue;
import org.ganvas.inference.model.ModelFile;
import org.ganvas.inference.model.Precision;
import org.ganvas.inference.model.ProgramMethod;
import org.ganvas.training.gan.Teacher;
import org.ganvas.training.network.Architecture;
import org.ganvas.training.network.LoadedNetwork;
import org.ganvas.training.plan.LocalPath;
import org.ganvas.training.weights.WeightFile;
import org.jspecify.annotations.Nullable;

/**
 * A model that the network learns from.
 *
 * @param model its name, or a .pt file; null for none
 * @param name on its card; found out at the start of the run
 * @param share of its picture in what is to be learned; the rest is the original's
 */
public record TeacherSettings(
    @LocalPath @Nullable String model, @Nullable String name, double share) {
  public TeacherSettings {
    require(share > 0 && share <= 1, "settings.teacher.share is above 0 and at most 1", share);
  }

  /**
   * With its name found out.
   *
   * @throws IOException if the model cannot be read
   */
  TeacherSettings named() throws IOException {
    return model == null
        ? this
        : new TeacherSettings(model, ModelCatalogue.standard().find(model).card().name(), share);
  }

  /**
   * Loads the teacher.
   *
   * @param scale of the network that learns
   * @return null if there is none
   * @throws IOException if the model cannot be read
   */
  @Nullable Teacher load(int scale, Precision precision, Device device) throws IOException {
    if (model == null) {
      return null;
    }
    ModelFile file = ModelCatalogue.standard().find(model);
    require(
        file.card().network().scale() == scale,
        "settings.teacher.model is of the scale that is trained, " + scale,
        file.card().network().scale());
    Architecture architecture = NetworkChoice.of(file.card()).create();
    return new Teacher(
        LoadedNetwork.load(architecture.program(), WeightFile.read(file.path()), device),
        new ProgramMethod(precision, architecture.fastLayout()),
        share);
  }
}
