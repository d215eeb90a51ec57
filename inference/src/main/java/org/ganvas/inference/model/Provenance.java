package org.ganvas.inference.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;

/**
 * Where a model's weights come from.
 *
 * @param licence SPDX identifier of the licence of the weights
 * @param steps optimizer steps taken
 * @param seed the seed of everything random in the run
 * @param plan the training plan, setting by setting
 * @param data the data sets it was trained on
 * @param versions versions of Ganvas, DJL and libtorch
 */
public record Provenance(
    String licence,
    long steps,
    long seed,
    Map<String, String> plan,
    List<DataSet> data,
    Map<String, String> versions) {

  /**
   * One data set.
   *
   * @param name what it is called
   * @param pictures how many pictures of it were used
   * @param licence its licence, as SPDX identifier where there is one
   * @param attribution whom its licence asks to name; may be empty
   */
  public record DataSet(String name, int pictures, String licence, String attribution) {}

  /**
   * Where weights come from that were computed from those of several models: all their licences
   * hold, and the data of all are in them. Steps, seed and versions are those of the last.
   *
   * @param models at least one, each by what it is called in the plan, which names it and the
   *     SHA-256 of its weights
   * @param settings what else the plan says of how they were computed
   */
  public static Provenance ofSeveral(
      Map<String, ModelCard> models, SortedMap<String, String> settings) {
    Map<String, String> plan = new LinkedHashMap<>();
    models.forEach(
        (role, card) -> {
          plan.put(role, card.name());
          plan.put(role + "Sha256", card.weightsSha256());
        });
    plan.putAll(settings);
    List<Provenance> all = models.values().stream().map(ModelCard::provenance).toList();
    Provenance last = all.get(all.size() - 1);
    String licences =
        all.stream().map(Provenance::licence).distinct().collect(Collectors.joining(" AND "));
    List<DataSet> data = all.stream().flatMap(each -> each.data().stream()).distinct().toList();
    return new Provenance(licences, last.steps(), last.seed(), plan, data, last.versions());
  }
}
