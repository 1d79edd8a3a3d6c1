// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameContaining;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/** Architecture rules for every connector, see docs/architecture.md. */
public final class ConnectorRules {
  private static final String CONNECT = "org.apache.kafka.connect..";

  private static final String[] USED_BY_ALL = {
    "java..", "org.slf4j..", "org.apache.kafka..", "io.connectot.core.."
  };

  /** What takes records from devices and commands to them. */
  static final String[] RUNTIMES = {
    "io.connectot.core.source..",
    "io.connectot.core.sink..",
    "io.connectot.core.delivery..",
    "io.connectot.core.filter..",
    "io.connectot.core.mapping.."
  };

  private ConnectorRules() {}

  /** No code uses Kafka packages that change between versions. */
  public static ArchRule nothingUsesKafkasInternals() {
    return noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.kafka.common.utils..", "org.apache.kafka.connect.runtime..")
        .because("these are internal to Kafka, and one zip runs on workers from 3.6 to 4.3");
  }

  /**
   * Only connectors, tasks and record mapping depend on the Connect API.
   *
   * @param others packages that may depend on it too
   */
  public static ArchRule onlyConnectorAndTaskUseConnect(String... others) {
    DescribedPredicate<JavaClass> allowed =
        simpleNameEndingWith("Connector")
            .or(simpleNameEndingWith("Task"))
            .or(resideInAnyPackage(others));
    return noClasses().that(not(allowed)).should().dependOnClassesThat().resideInAPackage(CONNECT);
  }

  /**
   * Only the transport depends on the protocol library.
   *
   * @param transport the package that may depend on it
   * @param library the packages of the library
   */
  public static ArchRule onlyTransportUsesTheLibrary(String transport, String... library) {
    return noClasses()
        .that(not(resideInAPackage(transport)))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(library);
  }

  /**
   * A protocol depends on core, and on no other protocol.
   *
   * @param more packages that it may depend on besides core, Kafka, logging and the JDK's {@code
   *     java}
   */
  public static ArchRule usesCoreAnd(String... more) {
    return classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            Stream.of(USED_BY_ALL, more).flatMap(Stream::of).toArray(String[]::new));
  }

  /** A sink depends on no part of a source, neither of core nor of its protocol. */
  public static ArchRule sinksUseNoSource() {
    return noClasses()
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(
                    "io.connectot.core.source..",
                    "io.connectot.core.delivery..",
                    "io.connectot.core.filter..",
                    "io.connectot.*.source..")
                .or(simpleNameContaining("Source").and(resideInAPackage("io.connectot.*"))))
        .because("sources and sinks of a protocol share its common module only");
  }

  /**
   * Packages have no cyclic dependencies.
   *
   * @param root the package whose direct subpackages are checked
   */
  public static ArchRule packagesBuildOnEachOther(String root) {
    return slices().matching(root + ".(*)..").should().beFreeOfCycles();
  }

  /** Only connectors and tasks, which extend its classes, depend on the runtimes. */
  public static ArchRule onlyConnectorAndTaskUseTheRuntime() {
    return onlyConnectorAndTaskUse(RUNTIMES).because("a protocol module implements core.spi");
  }

  /**
   * As {@link #onlyConnectorAndTaskUseTheRuntime}, for a protocol that maps some events to records
   * itself.
   */
  public static ArchRule onlyConnectorAndTaskUseTheRuntimeExceptMapping() {
    return onlyConnectorAndTaskUse(
        Stream.of(RUNTIMES).filter(name -> !name.contains("mapping")).toArray(String[]::new));
  }

  private static ArchRule onlyConnectorAndTaskUse(String... packages) {
    return noClasses()
        .that(not(simpleNameEndingWith("Connector").or(simpleNameEndingWith("Task"))))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(packages);
  }

  /** No package is split over modules. */
  public static ArchRule aPackageIsInOneModule() {
    return classes()
        .should(
            new ArchCondition<>("share their package with classes of one module only") {
              private final Map<String, String> roots = new HashMap<>();

              @Override
              public void check(JavaClass checked, ConditionEvents events) {
                String location = checked.getSource().orElseThrow().getUri().toString();
                String path = checked.getPackageName().replace('.', '/');
                String root = location.substring(0, location.lastIndexOf(path));
                String other = roots.putIfAbsent(checked.getPackageName(), root);
                if (other != null && !other.equals(root)) {
                  events.add(
                      SimpleConditionEvent.violated(
                          checked, checked.getName() + " is in " + root + " and " + other));
                }
              }
            });
  }
}
