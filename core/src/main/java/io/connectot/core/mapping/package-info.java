// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/** Maps what a source delivers to Kafka Connect records. */
package io.connectot.core.mapping;
