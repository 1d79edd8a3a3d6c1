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

/**
 * What somebody has read and agreed to: the jars of an archive with their licences, and the
 * licences that a jar may have at all.
 */
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
   * @param runtimeDeps lines of a jar's file name and its licences
   * @param allowed lines of a licence's name here, and its name in POMs
   * @param version what the placeholder of the project's version in the file names stands for
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

  /** The licences of a jar; empty when nobody has looked at it. */
  Set<String> licences(String jar) {
    return licencesByJar.getOrDefault(jar, Set.of());
  }

  /** The licences of all jars. */
  Set<String> licences() {
    Set<String> all = new TreeSet<>();
    licencesByJar.values().forEach(all::addAll);
    return all;
  }

  /** The licences that a jar may have. */
  Set<String> allowed() {
    return new TreeSet<>(declaredByLicence.keySet());
  }

  /** How POMs name some licences; those that may not be used are left out. */
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
