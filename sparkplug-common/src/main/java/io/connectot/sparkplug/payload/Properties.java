// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.sparkplug.payload;

/** Properties as a value of another property: a set, or a list of sets. */
public sealed interface Properties extends MetricValue permits PropertySet, PropertySetList {}
