// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
/** Fixtures for the tests of several modules. */
package io.connectot.core.testing;
