// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.packaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The reviewed jars of an archive with their licences, and the allowed licences. */
final class ReviewedLibraries {
  private final Map<String, Set<String>> licencesByJar;
  private final Map<String, String> declaredByLicence;

  private ReviewedLibraries(
      Map<String, Set<String>> licencesByJar, Map<String, String> declaredByLicence) {
    this.licencesByJar = licencesByJar;
    this.declaredByLicence = declaredByLicence;
  }

  /**
   * Reads the two lists.
   *
   * @param runtimeDeps lines with a jar's file name and its licences
   * @param allowed lines with a licence's name in the lists, and its name in POMs
   * @param version the value of the placeholder for the project's version
   */
  static ReviewedLibraries read(Path runtimeDeps, Path allowed, String version) throws IOException {
    Map<String, Set<String>> licences = new TreeMap<>();
    for (String line : lines(runtimeDeps)) {
      List<String> columns = List.of(line.split("\\s+"));
      licences.put(
          columns.get(0).replace("${project.version}", version),
          new TreeSet<>(columns.subList(1, columns.size())));
    }
    Map<String, String> declared = new HashMap<>();
    for (String line : lines(allowed)) {
      String[] columns = line.split("\\s+", 2);
      declared.put(columns[0], columns[1]);
    }
    return new ReviewedLibraries(licences, declared);
  }

  private static List<String> lines(Path file) throws IOException {
    return Files.readAllLines(file).stream()
        .map(String::trim)
        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
        .toList();
  }

  /** The file names of all jars. */
  Set<String> jars() {
    return licencesByJar.keySet();
  }

  /** The licences of a jar; empty if it was not reviewed. */
  Set<String> licences(String jar) {
    return licencesByJar.getOrDefault(jar, Set.of());
  }

  /** The licences of all jars. */
  Set<String> licences() {
    Set<String> all = new TreeSet<>();
    licencesByJar.values().forEach(all::addAll);
    return all;
  }

  /** The allowed licences. */
  Set<String> allowed() {
    return new TreeSet<>(declaredByLicence.keySet());
  }

  /** The names in POMs of the given licences, without those that are not allowed. */
  Set<String> declared(Collection<String> licences) {
    Set<String> declared = new HashSet<>();
    for (String licence : licences) {
      if (declaredByLicence.containsKey(licence)) {
        declared.add(declaredByLicence.get(licence));
      }
    }
    return declared;
  }
}
