// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
/** Dependency rules for the tests of connectors. */
package io.connectot.core.architecture;
